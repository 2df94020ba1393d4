package dev.vertxrpc.app.bench;

import dev.vertxrpc.app.launch.Loop;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.function.Function;

/**
 * How an {@link Exchange} is measured: one after the other, or in bursts. Confined to the event loop of the
 * {@link Driver}.
 */
final class Timed {
  private static final int FIRST_SAMPLES = 1 << 14;

  private final Exchange exchange;
  private final long endNanos;
  private long[] samples = new long[FIRST_SAMPLES];
  private int count;
  private long total;

  private Timed(Exchange exchange, double seconds) {
    this.exchange = exchange;
    this.endNanos = System.nanoTime() + (long) (seconds * 1e9);
  }

  /** One call at a time, each timed. */
  static Measurement calls(Exchange exchange) {
    return seconds -> new Timed(exchange, seconds).sequence(timed -> Figures.ofCalls(timed.times(), timed.total));
  }

  /** One echo at a time; the check of what came back is not counted. */
  static Measurement echoes(Exchange exchange, double mib) {
    return seconds -> new Timed(exchange, seconds)
        .sequence(timed -> Figures.ofEchoes(timed.count, mib, timed.total));
  }

  /** One at a time of something that is no call. */
  static Measurement cycles(Exchange exchange) {
    return seconds -> new Timed(exchange, seconds).sequence(timed -> Figures.of(timed.count, timed.total, "us"));
  }

  /** So many at once, and when all have been answered the next so many. */
  static Measurement bursts(Exchange exchange, int width) {
    return seconds -> new Timed(exchange, seconds).bursts(width);
  }

  private Future<Figures> sequence(Function<Timed, Figures> figures) {
    return Loop.during(this::goesOn, this::once).map(done -> figures.apply(this));
  }

  private boolean goesOn() {
    return count == 0 || System.nanoTime() < endNanos;
  }

  private Future<?> once() {
    long started = System.nanoTime();
    return exchange.start().map(answer -> {
      long took = System.nanoTime() - started;
      if (count == samples.length) {
        samples = Arrays.copyOf(samples, 2 * count);
      }
      samples[count++] = took;
      total += took;
      exchange.check(answer);
      return null;
    });
  }

  private long[] times() {
    return Arrays.copyOf(samples, count);
  }

  private Future<Figures> bursts(int width) {
    long started = System.nanoTime();
    return Loop.during(this::goesOn, () -> new Burst().start(width))
        .map(done -> Figures.ofCalls(count, System.nanoTime() - started));
  }

  /** Some exchanges at once. One handler listens to all of them, so that listening costs little. */
  private final class Burst implements Handler<AsyncResult<Object>> {
    private final Promise<Void> done = Promise.promise();
    private int left;

    private Future<Void> start(int width) {
      left = width;
      for (int i = 0; i < width; i++) {
        @SuppressWarnings("unchecked")
        Future<Object> answer = (Future<Object>) exchange.start();
        answer.onComplete(this);
      }
      return done.future();
    }

    @Override
    public void handle(AsyncResult<Object> answered) {
      if (answered.failed()) {
        done.tryFail(answered.cause());
        return;
      }
      exchange.check(answered.result());
      count++;
      if (--left == 0) {
        done.complete();
      }
    }
  }
}
