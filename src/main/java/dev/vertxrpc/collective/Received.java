package dev.vertxrpc.collective;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.ArgumentGate;
import dev.vertxrpc.call.Decoder;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.Payload;
import dev.vertxrpc.wire.Portion;
import dev.vertxrpc.wire.RoundFrame;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** What a participant got of a round that succeeded, with the references in it, which are its own now. Immutable. */
record Received(List<Portion> portions, List<ArgumentGate.Arrival> arrivals) {
  /** Whether the forks of {@code outcome} are as many as its values say. */
  static boolean isWhole(RoundFrame.Outcome outcome) {
    long refs = 0;
    for (Portion portion : outcome.portions()) {
      refs += portion.refs();
    }
    return refs == outcome.forks().size();
  }

  static Received admit(ArgumentGate gate, WorkerInfo from, RoundFrame.Outcome outcome) {
    if (outcome.forks().isEmpty()) {
      return new Received(outcome.portions(), Collections.nCopies(outcome.portions().size(),
          gate.admit(List.of(), from)));
    }
    List<ArgumentGate.Arrival> arrivals = new ArrayList<>();
    int next = 0;
    for (Portion portion : outcome.portions()) {
      List<Fork> forks = outcome.forks().subList(next, next + portion.refs());
      arrivals.add(gate.admit(forks, from));
      next += portion.refs();
    }
    return new Received(outcome.portions(), arrivals);
  }

  /** Whether it is to be decoded beside the worker's loop, which references belong to. */
  boolean isLarge() {
    long bytes = 0;
    for (Portion portion : portions) {
      if (portion.refs() > 0) {
        return false;
      }
      bytes += portion.value().bytes();
    }
    return Decoder.isLarge(bytes);
  }

  /** Has all of it stay until what is returned is run, once: what is lent of a frame is lent as one. */
  Runnable hold() {
    return portions.stream().map(Portion::value).filter(Payload::isLent).findFirst().map(Payload::hold)
        .orElse(() -> { });
  }

  /** One of the values, which failures call {@code label}. */
  @SuppressWarnings("unchecked")
  <T> T decode(int index, ValueCodec codec, Object label, Type type) {
    Payload value = portions.get(index).value();
    return (T) codec.decode(label, value.array(), value.start(), value.length(), value.bulk(), type,
        arrivals.get(index));
  }

  /** What {@code use} makes of it; where that fails nobody has the references. */
  <R> R orDiscard(Supplier<R> use) {
    try {
      return use.get();
    } catch (Throwable failed) {
      arrivals.forEach(ArgumentGate.Arrival::discard);
      throw failed;
    }
  }
}
