package dev.vertxrpc.call;

import dev.vertxrpc.RRef;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.wire.Fork;
import io.vertx.core.Future;
import java.util.List;

/** How references leave with values and arrive with them; implemented by {@code ref}. */
public interface ArgumentGate {
  /**
   * One fork for each reference, in their order, for {@code to} to hold.
   *
   * @throws dev.vertxrpc.RpcException REF_RELEASED, CODEC, or NOT_JOINED once the worker has left; whatever is thrown,
   *     none of them is handed out then
   */
  List<Fork> handOut(List<RRef<?>> refs, WorkerInfo to);

  /** Takes back what was handed out for a frame that could not be sent. */
  void takeBack(List<Fork> forks);

  /** What was handed out has come to its receiver by way of somebody else. */
  void arrived(List<Fork> forks);

  /** Receives what {@code from} handed out, or passed on. */
  Arrival admit(List<Fork> forks, WorkerInfo from);

  /** References that came with one frame: the decoder of its values looks them up here. */
  interface Arrival extends ValueCodec.RefDecoder {
    /** Completes when the owners know all of them; a function must not start before. */
    Future<Void> confirmed();

    /** Releases all of them: nobody will use them. */
    void discard();
  }
}
