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
 * Decodes what frames bring that cannot be decoded at once: what is not there yet, and what is large, which is decoded
 * beside the event loop, or the loop would stand still meanwhile. Immutable.
 */
public record Decoder(Executor background, ContextInternal context) {
  private static final long LARGE_BYTES = 4 * 1024 * 1024;

  /** Whether so many bytes keep the loop for too long, if nothing in them belongs to it. */
  public static boolean isLarge(long bytes) {
    return bytes >= LARGE_BYTES;
  }

  /** Whether {@code payload} is to be decoded here, and not at once by whoever has it. */
  boolean takes(Payload payload, List<Fork> forks, ValueCodec codec) {
    return !payload.isThere() || isLarge(payload, forks, codec);
  }

  // References belong to the loop, and what an application's codec may do where, only it knows.
  private static boolean isLarge(Payload payload, List<Fork> forks, ValueCodec codec) {
    return isLarge(payload.bytes()) && forks.isEmpty() && codec.name().isEmpty();
  }

  /**
   * Does {@code decoding}, of {@code payload}, and then, in another turn of the worker's context, {@code done}, which
   * gets the value or why there is none, and throws nothing.
   */
  <T> void decode(Payload payload, List<Fork> forks, ValueCodec codec, Supplier<T> decoding,
                  BiConsumer<T, Throwable> done) {
    if (!payload.isThere()) {
      payload.whenThere(why -> onContext(() -> {
        if (why != null) {
          done.accept(null, RpcException.of(RpcFailure.CODEC, "it did not come whole: " + why));
        } else if (isLarge(payload, forks, codec)) {
          beside(payload.hold(), decoding, done);
        } else {
          decodeHere(decoding, done);
        }
      }));
    } else {
      beside(payload.hold(), decoding, done);
    }
  }

  private static <T> void decodeHere(Supplier<T> decoding, BiConsumer<T, Throwable> done) {
    T value;
    try {
      value = decoding.get();
    } catch (Throwable undecodable) {
      done.accept(null, undecodable);
      return;
    }
    done.accept(value, null);
  }

  /** Does {@code decoding} beside the loop, then {@code giveBack}, and then {@code done} as above. */
  public <T> void beside(Runnable giveBack, Supplier<T> decoding, BiConsumer<T, Throwable> done) {
    background.execute(new Task<>(decoding, (value, undecodable) -> {
      giveBack.run();
      onContext(() -> done.accept(value, undecodable));
    }));
  }

  /** One decoding beside the loop. Confined to the thread that it runs on. */
  private static final class Task<T> implements Runnable {
    /** Null from when it begins: it holds the bytes, and its thread may hold this while the value is at work already. */
    private Supplier<T> decoding;
    private final BiConsumer<T, Throwable> done;

    private Task(Supplier<T> decoding, BiConsumer<T, Throwable> done) {
      this.decoding = decoding;
      this.done = done;
    }

    @Override
    public void run() {
      T value = null;
      Throwable undecodable = null;
      try {
        value = take().get();
      } catch (Throwable failed) {
        undecodable = failed;
      }
      done.accept(value, undecodable);
    }

    private Supplier<T> take() {
      Supplier<T> taken = decoding;
      decoding = null;
      return taken;
    }
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
