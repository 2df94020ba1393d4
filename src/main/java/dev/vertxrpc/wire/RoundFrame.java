package dev.vertxrpc.wire;

import java.util.List;
import java.util.Optional;

/** What the participants of a round say to one another, one record each. Immutable. */
public sealed interface RoundFrame extends Frame {
  /**
   * One worker's part in a round, sent to the leader. Forks: those for the first participant, then for the second and
   * so on, as far as they get a value of this worker's. With a refusal there is nothing else. A value that
   * {@code isKeptBack} comes to the one that it is to be combined by, see {@link Combine}.
   */
  record Contribution(RoundId round, Operation operation, long limitMillis, Optional<String> refusal,
                      boolean isKeptBack, List<Fork> forks, List<Portion> portions) implements RoundFrame {
    @Override
    public long bytes() {
      return bytesOf(portions);
    }

    @Override
    public List<Payload> payloads() {
      return portions.stream().map(Portion::value).toList();
    }

    @Override
    public FrameType type() {
      return FrameType.CONTRIBUTION;
    }
  }

  /**
   * Ends a round at one participant: with what it is to get, in the order of the participants, or with a failure;
   * and the number that the leader will use next. One with a {@code way} is the same for all: its receiver passes it
   * on, and has the leader know that it has come.
   */
  record Outcome(RoundId round, Optional<String> failure, long nextNumber, Optional<Way> way, List<Fork> forks,
                 List<Portion> portions) implements RoundFrame {
    /** One that goes to its receiver alone. */
    public Outcome(RoundId round, Optional<String> failure, long nextNumber, List<Fork> forks,
                   List<Portion> portions) {
      this(round, failure, nextNumber, Optional.empty(), forks, portions);
    }

    /** The same, for a receiver that passes it on to {@code onwards}. */
    public Outcome by(List<Integer> onwards) {
      return new Outcome(round, failure, nextNumber, Optional.of(new Way(onwards)), forks, portions);
    }

    @Override
    public Outcome kept() {
      return new Outcome(round, failure, nextNumber, way, forks, portions.stream().map(Portion::kept).toList());
    }

    @Override
    public long bytes() {
      return bytesOf(portions);
    }

    // One for each receiver, with something of each participant.
    @Override
    public boolean isPending() {
      for (int i = 0; i < portions.size(); i++) {
        if (portions.get(i).value().isPending()) {
          return true;
        }
      }
      return false;
    }

    @Override
    public List<Payload> payloads() {
      return portions.stream().map(Portion::value).toList();
    }

    @Override
    public FrameType type() {
      return FrameType.OUTCOME;
    }
  }

  /** Where an outcome goes from its receiver: the numbers of participants, none where it has come to its end. */
  record Way(List<Integer> onwards) {
    /** Copies the list. */
    public Way {
      onwards = List.copyOf(onwards);
    }
  }

  /** Asks a participant to combine its value with those that others will send it, see {@link Partial}. */
  record Combine(RoundId round) implements RoundFrame {
    @Override
    public FrameType type() {
      return FrameType.COMBINE;
    }
  }

  /** What has become of the values of some participants that are neighbours in rank. */
  record Partial(RoundId round, Portion value) implements RoundFrame {
    @Override
    public long bytes() {
      return value.value().bytes();
    }

    @Override
    public List<Payload> payloads() {
      return List.of(value.value());
    }

    @Override
    public FrameType type() {
      return FrameType.PARTIAL;
    }
  }

  /** Tells the leader what has become of the values of all, or why nothing has: one of the two. */
  record Combined(RoundId round, Optional<String> failure, List<Portion> portions) implements RoundFrame {
    @Override
    public long bytes() {
      return bytesOf(portions);
    }

    @Override
    public List<Payload> payloads() {
      return portions.stream().map(Portion::value).toList();
    }

    @Override
    public FrameType type() {
      return FrameType.COMBINED;
    }
  }

  /**
   * Tells who contributed references whether the sender has received those that were for it; and the leader that an
   * outcome has come that others pass on.
   */
  record Taken(RoundId round, boolean taken) implements RoundFrame {
    @Override
    public FrameType type() {
      return FrameType.TAKEN;
    }
  }

  /**
   * Asks a participant to give up a round whose leader is gone, so that the sender learns what has become of its
   * references: the answer is {@link Taken}, if that was not said before.
   */
  record Recall(RoundId round) implements RoundFrame {
    @Override
    public FrameType type() {
      return FrameType.RECALL;
    }
  }

  private static long bytesOf(List<Portion> portions) {
    long bytes = 0;
    // Asked several times for each receiver of what all have brought.
    for (int i = 0; i < portions.size(); i++) {
      bytes += portions.get(i).value().bytes();
    }
    return bytes;
  }
}
