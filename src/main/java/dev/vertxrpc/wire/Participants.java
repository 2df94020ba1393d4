package dev.vertxrpc.wire;

import java.util.AbstractList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;

/**
 * Who takes part in a round, sorted by name. Every frame of a round says so, and every table of rounds is asked by it:
 * so it has its bytes and its hash at hand, and finds one of many without going through all. Immutable.
 */
public final class Participants extends AbstractList<RoundId.Participant> implements RandomAccess {
  private static final Comparator<RoundId.Participant> BY_NAME = Comparator.comparing(RoundId.Participant::name);
  private static final int USUAL_BYTES = 32;

  private final List<RoundId.Participant> sorted;
  private final byte[] encoded;
  private final int hash;

  private Participants(List<RoundId.Participant> sorted, byte[] encoded) {
    this.sorted = sorted;
    this.encoded = encoded;
    this.hash = sorted.hashCode();
  }

  /** Those of {@code sorted}, which is copied. */
  public static Participants of(List<RoundId.Participant> sorted) {
    Bytes bytes = new Bytes(new byte[USUAL_BYTES * sorted.size()]);
    FrameWriter out = new FrameWriter(bytes, FunctionNames.NONE, BulkSink.NONE);
    out.writeList(sorted, participant -> {
      out.writeString(participant.name());
      out.writeLong(participant.incarnation());
    });
    return new Participants(List.copyOf(sorted), bytes.copy(0, bytes.length()));
  }

  /** Those that stand in {@code encoded}. */
  static Participants read(List<RoundId.Participant> sorted, byte[] encoded) {
    return new Participants(List.copyOf(sorted), encoded);
  }

  /** As they stand in a frame. */
  byte[] encoded() {
    return encoded;
  }

  @Override
  public RoundId.Participant get(int index) {
    return sorted.get(index);
  }

  @Override
  public int size() {
    return sorted.size();
  }

  /** Where the one of that name stands; below zero: nowhere. */
  public int placeOf(String name) {
    return Collections.binarySearch(sorted, new RoundId.Participant(name, 0), BY_NAME);
  }

  @Override
  public boolean contains(Object other) {
    if (!(other instanceof RoundId.Participant participant)) {
      return false;
    }
    int place = placeOf(participant.name());
    return place >= 0 && sorted.get(place).incarnation() == participant.incarnation();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || !(other instanceof Participants participants && participants.hash != hash) && sorted.equals(other);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
