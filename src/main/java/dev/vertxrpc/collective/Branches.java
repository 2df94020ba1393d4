package dev.vertxrpc.collective;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * How what is the same for many is passed on: to everybody in the same Vert.x instance at once, because they share the
 * bytes, and to one of each half of the other instances, who sees to the rest of its half. Stateless.
 */
final class Branches {
  /** Whom to send it to, and whom that one is to pass it on to. */
  record Branch(int child, List<Integer> onwards) {}

  private static final int HALVES = 2;

  private Branches() {}

  /** Those of {@code receivers}, as somebody of the instance {@code here} sends it on. */
  static List<Branch> of(List<Integer> receivers, IntFunction<String> instances, String here) {
    List<Branch> branches = new ArrayList<>();
    Map<String, List<Integer>> elsewhere = new LinkedHashMap<>();
    for (int receiver : receivers) {
      String instance = instances.apply(receiver);
      if (instance.equals(here)) {
        branches.add(new Branch(receiver, List.of()));
      } else {
        elsewhere.computeIfAbsent(instance, first -> new ArrayList<>()).add(receiver);
      }
    }
    List<List<Integer>> groups = List.copyOf(elsewhere.values());
    int half = (groups.size() + HALVES - 1) / HALVES;
    for (int from = 0; from < groups.size(); from += half) {
      List<Integer> all = groups.subList(from, Math.min(from + half, groups.size())).stream().flatMap(List::stream)
          .toList();
      branches.add(new Branch(all.get(0), all.subList(1, all.size())));
    }
    return branches;
  }
}
