package dev.vertxrpc.collective;

import dev.vertxrpc.wire.Payload;
import dev.vertxrpc.wire.RoundId;
import io.netty.util.Timeout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A round at its leader: who has contributed what. Confined to its worker's context. */
final class LedRound {
  private final RoundId id;
  private final Map<Long, Payload> values = new HashMap<>();
  private Timeout timeout;
  private long deadlineNanos;

  LedRound(RoundId id) {
    this.id = id;
  }

  RoundId id() {
    return id;
  }

  /** Whether {@code nanos}, on the system's clock, comes before the round's end so far. */
  boolean endsAfter(long nanos) {
    return timeout == null || nanos - deadlineNanos < 0;
  }

  void endAt(long nanos, Timeout timer) {
    cancelTimer();
    deadlineNanos = nanos;
    timeout = timer;
  }

  void cancelTimer() {
    if (timeout != null) {
      timeout.cancel();
    }
  }

  void contribute(long incarnation, Payload value) {
    values.putIfAbsent(incarnation, value);
  }

  boolean isComplete() {
    return values.size() == id.participants().size();
  }

  boolean hasFrom(long incarnation) {
    return values.containsKey(incarnation);
  }

  List<String> missing() {
    return id.participants().stream().filter(each -> !values.containsKey(each.incarnation()))
        .map(RoundId.Participant::name).toList();
  }

  /** Everybody's value in the order of the participants. */
  List<Payload> values() {
    return id.participants().stream().map(each -> values.get(each.incarnation())).toList();
  }
}
