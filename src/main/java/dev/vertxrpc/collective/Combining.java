package dev.vertxrpc.collective;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.BlockingExecutor;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Portion;
import dev.vertxrpc.wire.RoundFrame;
import dev.vertxrpc.wire.RoundId;
import dev.vertxrpc.wire.Timers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * A participant's share in making one value of those of all, where they are too large to go to the leader one by one:
 * it combines its own with what its neighbours have combined, and sends that on. It begins when the leader, which
 * knows by then that all have come, asks for it. Whatever goes wrong the leader is told, and it alone fails the round.
 * Confined to its worker's context; {@link #size()} may be asked by any thread.
 */
final class Combining {
  private static final class Open {
    private final Roster roster;
    private final Place place;
    private final Portion own;
    private final Reduction reduction;
    private final Map<Integer, Portion> parts = new HashMap<>();
    private boolean asked;

    private Open(Roster roster, Place place, Portion own, Reduction reduction) {
      this.roster = roster;
      this.place = place;
      this.own = own;
      this.reduction = reduction;
    }

    private boolean isReady() {
      return asked && parts.size() == place.children();
    }

    private List<Reduction.Part> inRankOrder() {
      return List.of(place.left(), place.at(), place.right()).stream().filter(each -> each != Place.NOBODY)
          .map(each -> each == place.at() ? new Reduction.Part(names(place.at(), place.at()), own)
              : each < place.at() ? new Reduction.Part(names(place.first(), place.at() - 1), parts.get(each))
              : new Reduction.Part(names(place.at() + 1, place.last()), parts.get(each)))
          .toList();
    }

    private String names(int first, int last) {
      String name = roster.byRank().get(first).name();
      return first == last ? name : name + " to " + roster.byRank().get(last).name();
    }
  }

  private final Timers timers;
  private final Endpoint endpoint;
  private final BlockingExecutor executor;
  private final Map<RoundId, Open> open = new ConcurrentHashMap<>();
  /** Where this worker leads. */
  private Consumer<RoundFrame.Combined> ownLeader;

  Combining(Timers timers, Endpoint endpoint, BlockingExecutor executor) {
    this.timers = timers;
    this.endpoint = endpoint;
    this.executor = executor;
  }

  void connect(Consumer<RoundFrame.Combined> leader) {
    ownLeader = leader;
  }

  /** This worker has come to a round whose values may have to be combined so. */
  void enter(RoundId id, Entry entry) {
    if (entry.reduction().isPresent() && id.participants().size() >= Passing.LEAST_PARTICIPANTS) {
      Roster roster = entry.roster();
      Place place = Place.of(roster.byRank().indexOf(endpoint.self()), roster.byRank().size());
      open.put(id, new Open(roster, place, entry.offering().portions().get(0), entry.reduction().get()));
    }
  }

  /** The round is over, or given up. */
  void leave(RoundId id) {
    open.remove(id);
  }

  void onCombine(WorkerInfo from, RoundFrame.Combine combine) {
    Open mine = open.get(combine.round());
    if (mine != null && Rounds.leader(combine.round()).equals(Rounds.participant(from))) {
      mine.asked = true;
      combineIfReady(combine.round(), mine);
    }
  }

  void onPartial(WorkerInfo from, RoundFrame.Partial partial) {
    Open mine = open.get(partial.round());
    int child = mine == null ? Place.NOBODY : mine.roster.byRank().indexOf(from);
    if (child != Place.NOBODY && (child == mine.place.left() || child == mine.place.right())) {
      mine.parts.putIfAbsent(child, partial.value());
      combineIfReady(partial.round(), mine);
    }
  }

  private void combineIfReady(RoundId id, Open mine) {
    if (!mine.isReady()) {
      return;
    }
    if (mine.parts.isEmpty()) {
      sendOn(id, mine, mine.own);
      return;
    }
    List<Reduction.Part> parts = mine.inRankOrder();
    try {
      executor.run(() -> combine(id, mine, parts));
    } catch (RejectedExecutionException full) {
      tellLeader(mine, new RoundFrame.Combined(id, Optional.of(endpoint.self().name()
          + " has no thread left for the reducer"), List.of()));
    }
  }

  private void combine(RoundId id, Open mine, List<Reduction.Part> parts) {
    Runnable told;
    try {
      Portion combined = mine.reduction.apply(parts);
      told = () -> sendOn(id, mine, combined);
    } catch (Throwable refused) {
      String why = String.valueOf(refused.getMessage());
      told = () -> tellLeader(mine, new RoundFrame.Combined(id, Optional.of(why), List.of()));
    }
    Runnable ending = told;
    timers.context().runOnContext(now -> {
      if (open.get(id) == mine) {
        ending.run();
      }
    });
  }

  private void sendOn(RoundId id, Open mine, Portion combined) {
    if (mine.place.parent() == Place.NOBODY) {
      tellLeader(mine, new RoundFrame.Combined(id, Optional.empty(), List.of(combined)));
    } else {
      // Where the parent is gone the leader hears of it, and fails the round.
      endpoint.send(mine.roster.byRank().get(mine.place.parent()), new RoundFrame.Partial(id, combined));
    }
  }

  private void tellLeader(Open mine, RoundFrame.Combined combined) {
    WorkerInfo leader = mine.roster.byName().get(0);
    if (leader.equals(endpoint.self())) {
      ownLeader.accept(combined);
    } else {
      endpoint.send(leader, combined);
    }
  }

  int size() {
    return open.size();
  }

  void clear() {
    open.clear();
  }
}
