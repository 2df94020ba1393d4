package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.Payload;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Decodes what frames bring, when it is there: on the worker's context, at once, or where it is large beside it, or the
 * loop would stand still meanwhile. Immutable.
 */
record Decoder(Executor background, ContextInternal context) {
  private static final long LARGE_BYTES = 4 * 1024 * 1024;

  /**
   * Does {@code decoding}, of {@code payload}, and then on the worker's context {@code done}, which gets the value or
   * why there is none, and throws nothing.
   */
  <T> void decode(Payload payload, List<Fork> forks, ValueCodec codec, Supplier<T> decoding,
                  BiConsumer<T, Throwable> done) {
    if (!payload.isThere()) {
      payload.whenThere(why -> onContext(() -> {
        if (why == null) {
          decode(payload, forks, codec, decoding, done);
        } else {
          done.accept(null, RpcException.of(RpcFailure.CODEC, "it did not come whole: " + why));
        }
      }));
      return;
    }
    // References belong to the loop, and what an application's codec may do where, only it knows.
    if (payload.bytes() < LARGE_BYTES || !forks.isEmpty() || !codec.name().isEmpty()) {
      decode(decoding, done);
      return;
    }
    Runnable giveBack = payload.hold();
    background.execute(() -> decode(decoding, (value, undecodable) -> {
      giveBack.run();
      onContext(() -> done.accept(value, undecodable));
    }));
  }

  private static <T> void decode(Supplier<T> decoding, BiConsumer<T, Throwable> done) {
    T value;
    try {
      value = decoding.get();
    } catch (Throwable undecodable) {
      done.accept(null, undecodable);
      return;
    }
    done.accept(value, null);
  }

  private void onContext(Runnable ending) {
    try {
      context.runOnContext(now -> ending.run());
    } catch (RejectedExecutionException gone) {
      // So is the loop; and whoever waits must not wait for ever.
      ending.run();
    }
  }
}
