package dev.vertxrpc.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The participants of the rounds that one worker has heard of last. Nearly every frame of a round has the same as one
 * before it: then nothing of them is read anew, and all that has to do with them has one object, which is the same as
 * itself without being compared. Thread-safe.
 */
final class KnownParticipants {
  /** Knows nobody, and goes on so. */
  static final KnownParticipants NONE = new KnownParticipants(0);
  private static final int MOST = 16;
  /** More than any group of a sound size takes. */
  private static final int MOST_BYTES = 64 * 1024;

  private final int most;
  /** The last that was heard of comes first. */
  private final List<Participants> known = new ArrayList<>();

  KnownParticipants() {
    this(MOST);
  }

  private KnownParticipants(int most) {
    this.most = most;
  }

  /** Those that stand in {@code bytes} from {@code at} on; null where they are not known. */
  synchronized Participants find(Bytes bytes, int at) {
    for (int i = 0; i < known.size(); i++) {
      // A list begins with its length: no other can begin with the bytes of a whole one.
      if (bytes.has(known.get(i).encoded(), at)) {
        return toFront(i);
      }
    }
    return null;
  }

  /** The object that stands for all that are equal to {@code participants}. */
  synchronized Participants the(Participants participants) {
    int place = known.indexOf(participants);
    if (place >= 0) {
      return toFront(place);
    }
    if (most > 0 && participants.encoded().length <= MOST_BYTES) {
      if (known.size() == most) {
        known.remove(most - 1);
      }
      known.add(0, participants);
    }
    return participants;
  }

  private Participants toFront(int place) {
    Participants found = known.get(place);
    if (place > 0) {
      known.remove(place);
      known.add(0, found);
    }
    return found;
  }
}
