package dev.vertxrpc.collective;

import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.Operation;
import dev.vertxrpc.wire.Portion;
import dev.vertxrpc.wire.RoundFrame;
import dev.vertxrpc.wire.RoundId;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides what the participants have contributed, in their order, among them; the values are passed on as they are.
 * Immutable.
 */
final class Shares {
  /** What one participant gets. */
  record Share(List<Portion> portions, List<Fork> forks) {
    static final Share NOTHING = new Share(List.of(), List.of());
  }

  private final Operation operation;
  private final List<RoundFrame.Contribution> contributions;
  /** The values of all, of an operation that gathers. */
  private final List<Portion> gathered;
  private final boolean hasForks;
  /** The one of the root, or of nobody. */
  private final int root;

  Shares(RoundId id, Operation operation, List<RoundFrame.Contribution> contributions) {
    this.operation = operation;
    this.contributions = contributions;
    this.gathered = gathers(operation)
        ? contributions.stream().flatMap(each -> each.portions().stream()).toList() : List.of();
    this.hasForks = contributions.stream().anyMatch(each -> !each.forks().isEmpty());
    this.root = id.participants().placeOf(operation.root());
  }

  /** Whether as many values and forks are in {@code contribution} as the operation takes from that participant. */
  static boolean fits(RoundFrame.Contribution contribution, RoundId.Participant from) {
    Operation operation = contribution.operation();
    int size = contribution.round().participants().size();
    boolean isRoot = from.name().equals(operation.root());
    if (operation.hasRoot() && contribution.round().participants().placeOf(operation.root()) < 0) {
      return false;
    }
    int portions = switch (operation.kind()) {
      case BARRIER -> 0;
      case ALL_GATHER, GATHER -> 1;
      case ALL_REDUCE, REDUCE -> contribution.isKeptBack() ? 0 : 1;
      case BROADCAST -> isRoot ? 1 : 0;
      case SCATTER -> isRoot ? size : 0;
    };
    int receivers = switch (operation.kind()) {
      case ALL_GATHER, BROADCAST -> size;
      case GATHER, SCATTER -> 1;
      // Nobody else could hold what is in a value that goes no farther than the leader.
      case BARRIER, ALL_REDUCE, REDUCE -> 0;
    };
    long refs = contribution.portions().stream().mapToLong(Portion::refs).sum();
    return contribution.portions().size() == portions && contribution.forks().size() == receivers * refs
        && (receivers > 0 || refs == 0);
  }

  private static boolean gathers(Operation operation) {
    return operation.kind() == Operation.Kind.ALL_GATHER || operation.kind() == Operation.Kind.GATHER;
  }

  /** Whether all get the same of {@code operation}, but for the forks. */
  static boolean areAlike(Operation operation) {
    return switch (operation.kind()) {
      case ALL_GATHER, BROADCAST, ALL_REDUCE -> true;
      case BARRIER, GATHER, SCATTER, REDUCE -> false;
    };
  }

  /** What participant number {@code receiver} gets of a round that reduces nothing. */
  Share of(int receiver) {
    return switch (operation.kind()) {
      case BARRIER -> Share.NOTHING;
      case ALL_GATHER -> all(receiver);
      case GATHER -> receiver == root ? all(0) : Share.NOTHING;
      case BROADCAST -> new Share(contributions.get(root).portions(), forks(contributions.get(root), receiver));
      case SCATTER -> scattered(contributions.get(root), receiver);
      case ALL_REDUCE, REDUCE -> throw new IllegalStateException("not reduced yet: " + operation);
    };
  }

  /** What it gets of one whose values have become {@code reduced}. */
  Share of(int receiver, Portion reduced) {
    boolean isFor = operation.kind() == Operation.Kind.ALL_REDUCE || receiver == root;
    return isFor ? new Share(List.of(reduced), List.of()) : Share.NOTHING;
  }

  private Share all(int receiver) {
    List<Fork> forks = new ArrayList<>();
    if (hasForks) {
      contributions.forEach(each -> forks.addAll(forks(each, receiver)));
    }
    return new Share(gathered, forks);
  }

  /** Of a contribution of one value the forks of that receiver: each has as many. */
  private static List<Fork> forks(RoundFrame.Contribution contribution, int receiver) {
    int each = contribution.portions().get(0).refs();
    return contribution.forks().subList(receiver * each, (receiver + 1) * each);
  }

  private static Share scattered(RoundFrame.Contribution contribution, int receiver) {
    int before = contribution.portions().subList(0, receiver).stream().mapToInt(Portion::refs).sum();
    Portion portion = contribution.portions().get(receiver);
    return new Share(List.of(portion), contribution.forks().subList(before, before + portion.refs()));
  }
}
