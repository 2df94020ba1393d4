package dev.vertxrpc.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody who mistyped one probably meant. Immutable. */
final class Spelling {
  private Spelling() {}

  /** The known word at most two slips away (one, for a short word), case and separators aside. */
  static Optional<String> nearest(String word, List<String> known) {
    String plain = plain(word);
    int slips = plain.length() <= 3 ? 1 : 2;
    return known.stream()
        .filter(candidate -> slips(plain, plain(candidate)) <= slips)
        .min(Comparator.comparingInt(candidate -> slips(plain, plain(candidate))));
  }

  private static String plain(String word) {
    return word.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  // Letters inserted, left out, replaced, or swapped with their neighbour (optimal string alignment).
  private static int slips(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[from.length()][to.length()];
  }
}
