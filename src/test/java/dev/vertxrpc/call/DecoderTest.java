package dev.vertxrpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is decoded beside the event loop. */
class DecoderTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
  /** As if their threads were still busy ending them. */
  private final List<Runnable> tasks = new ArrayList<>();
  private final Decoder decoder = new Decoder(tasks::add, context);
  private final CompletableFuture<Object> decoded = new CompletableFuture<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private WeakReference<byte[]> decode() {
    byte[] bytes = new byte[1_000];
    decoder.beside(() -> { }, size(bytes), (size, failed) -> decoded.complete(size));
    return new WeakReference<>(bytes);
  }

  private static Supplier<Integer> size(byte[] bytes) {
    return () -> bytes.length;
  }

  @Test
  void doesNotKeepTheBytesOnceTheValueIsThere() throws Exception {
    WeakReference<byte[]> bytes = decode();

    tasks.get(0).run();

    assertThat(decoded.get(30, TimeUnit.SECONDS)).isEqualTo(1_000);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (bytes.get() != null && System.nanoTime() < end) {
      System.gc();
    }
    assertThat(bytes.get()).as("the bytes").isNull();
    assertThat(tasks).hasSize(1);
  }
}
