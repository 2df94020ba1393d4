package dev.vertxrpc;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * One run of a worker: its name, its rank in the group, the random number that tells this run from
 * every other (its incarnation), and its roles. Equal when all four are. Immutable.
 */
public record WorkerInfo(String name, int rank, long incarnation, Set<String> roles) {
  /** What a worker's name looks like. */
  public static final Pattern NAME = Pattern.compile("[A-Za-z0-9_:-]{1,127}");

  /** Refuses a bad name or a negative rank. */
  public WorkerInfo {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("worker name '" + name
          + "': expected 1 to 127 letters, digits, '-', '_' or ':'");
    }
    if (rank < 0) {
      throw new IllegalArgumentException("worker '" + name + "': rank " + rank + " is negative");
    }
    roles = Set.copyOf(roles);
  }

  @Override
  public String toString() {
    return name + " (rank " + rank + ")";
  }
}
