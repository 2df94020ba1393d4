package dev.vertxrpc;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The members of a group at one moment, in rank order. The epoch grows by one with every change, so
 * that two snapshots of one group can be told apart and ordered. Immutable.
 */
public record Group(String name, long epoch, List<WorkerInfo> workers) {
  /** Copies the list. */
  public Group {
    workers = List.copyOf(workers);
  }

  /** The workers that have {@code role}, in rank order. */
  public List<WorkerInfo> workers(String role) {
    return workers.stream().filter(worker -> worker.roles().contains(role)).toList();
  }

  /** The worker of that name, if it is a member. */
  public Optional<WorkerInfo> worker(String name) {
    return find(worker -> worker.name().equals(name));
  }

  /** The worker of that rank, if there is one. */
  public Optional<WorkerInfo> worker(int rank) {
    return find(worker -> worker.rank() == rank);
  }

  // Asked at every call, and so without a stream or an iterator.
  private Optional<WorkerInfo> find(Predicate<WorkerInfo> which) {
    for (int i = 0; i < workers.size(); i++) {
      if (which.test(workers.get(i))) {
        return Optional.of(workers.get(i));
      }
    }
    return Optional.empty();
  }
}
