package dev.vertxrpc.collective;

import dev.vertxrpc.wire.Participants;
import dev.vertxrpc.wire.RoundId;

/** The rounds of the same participants, sorted by name, and the same tag: they are numbered together. Immutable. */
record Series(Participants participants, String tag) {
  static Series of(RoundId id) {
    return new Series(id.participants(), id.tag());
  }

  RoundId round(long number) {
    return new RoundId(participants, tag, number);
  }
}
