package dev.vertxrpc.collective;

import dev.vertxrpc.wire.Operation;
import dev.vertxrpc.wire.RoundFrame;
import dev.vertxrpc.wire.RoundId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a worker enters a round with. Immutable.
 *
 * @param roster who takes part
 * @param tag keeps rounds of the same workers apart
 * @param limit how long it may take
 * @param operation what they do together
 * @param refusal why this worker cannot do its part, for the others to hear
 * @param offering what it brings
 * @param reduction how values become one, of an operation that reduces
 */
record Entry(Roster roster, String tag, Duration limit, Operation operation, Optional<String> refusal,
             Offering offering, Optional<Reduction> reduction) {
  /** The same round, but the worker has nothing to bring but a reason. */
  Entry refusing(String why) {
    return new Entry(roster, tag, limit, operation, Optional.of(why), Offering.NOTHING, Optional.empty());
  }

  Entry bringing(Offering brought, Optional<Reduction> reducing) {
    return new Entry(roster, tag, limit, operation, Optional.empty(), brought, reducing);
  }

  Series series() {
    return new Series(roster.participants(), tag);
  }

  RoundFrame.Contribution contribution(RoundId id) {
    boolean kept = isTooLargeForLeader(id);
    return new RoundFrame.Contribution(id, operation, limit.toMillis(), refusal, kept, offering.allForks(),
        kept ? List.of() : offering.portions());
  }

  // With those of the others it would be: it is combined with them on its way there.
  private boolean isTooLargeForLeader(RoundId id) {
    return reduction.isPresent() && Passing.isWorthIt(id, offering.portions().get(0).value().bytes());
  }
}
