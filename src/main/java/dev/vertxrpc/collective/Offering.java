package dev.vertxrpc.collective;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.ArgumentGate;
import dev.vertxrpc.codec.ValueCodec.Encoded;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.Payload;
import dev.vertxrpc.wire.Portion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The values that one worker brings to a round, each encoded once, and the forks of the references in them, which
 * every receiver has its own of. Immutable.
 *
 * @param portions the values
 * @param forks for each incarnation that gets references, in the order of the participants, those that it gets
 */
record Offering(List<Portion> portions, Map<Long, List<Fork>> forks) {
  static final Offering NOTHING = new Offering(List.of(), Map.of());

  /**
   * Hands out what is in {@code values}, to {@code receivers} in the order of the participants.
   *
   * @throws dev.vertxrpc.RpcException REF_RELEASED or CODEC; then nothing is handed out
   */
  static Offering mint(ArgumentGate gate, List<Encoded> values, List<WorkerInfo> receivers,
                       Function<WorkerInfo, Encoded> whatItGets) {
    Map<Long, List<Fork>> forks = new LinkedHashMap<>();
    List<Portion> portions = values.stream().map(Offering::portion).toList();
    try {
      for (WorkerInfo receiver : receivers) {
        Encoded value = whatItGets.apply(receiver);
        if (!value.refs().isEmpty()) {
          forks.put(receiver.incarnation(), gate.handOut(value.refs(), receiver));
        }
      }
    } catch (Throwable refused) {
      // An Error too: a list that cannot be had for want of memory, say.
      forks.values().forEach(gate::takeBack);
      throw refused;
    }
    return new Offering(portions, forks);
  }

  private static Portion portion(Encoded value) {
    return new Portion(value.refs().size(), new Payload(value.body(), value.bulk()));
  }

  /** As they stand in the frame. */
  List<Fork> allForks() {
    List<Fork> all = new ArrayList<>();
    forks.values().forEach(all::addAll);
    return all;
  }
}
