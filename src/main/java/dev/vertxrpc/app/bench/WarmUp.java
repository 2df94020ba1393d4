package dev.vertxrpc.app.bench;

import dev.vertxrpc.app.launch.Loop;
import io.vertx.core.Future;
import java.util.Map;

/**
 * Repeats something until it is as fast as it will be: until it has got no faster for a while, and the compilers of no
 * process have much left to do, which on a machine with few processors take the time of what is measured. The more
 * processes there are, each with compilers of its own, the longer that takes. Confined to the event loop of the
 * {@link Driver}.
 */
final class WarmUp {
  /** Of a run: several show whether it gets faster. */
  private static final double SLICE = 0.25;
  /** Whoever has not been faster for so many slices is warm. */
  private static final int STEADY_SLICES = 3;
  /** Than the best before: less may be chance. */
  private static final double FASTER = 1.05;
  /** Of the time, for the compilers of one process: so little of it changes no figure. */
  private static final double COMPILING = 0.05;

  private final Driver driver;
  private final Measurement measurement;
  private final double slice;
  private final long began = System.nanoTime();
  private final double nanosOfTwo;
  private Map<Long, Long> compiled = Map.of();
  private long looked;
  private double best;
  private int steady;

  private WarmUp(Driver driver, Measurement measurement, Settings settings) {
    this.driver = driver;
    this.measurement = measurement;
    this.slice = SLICE * settings.seconds();
    this.nanosOfTwo = settings.warmUpSeconds() * 1e9;
  }

  /** Completes when {@code measurement} is warm, or the time for that is over: whether it is, or was to be. */
  static Future<Boolean> of(Driver driver, Measurement measurement, Settings settings) {
    WarmUp warmUp = new WarmUp(driver, measurement, settings);
    return Loop.during(warmUp::goesOn, warmUp::once).map(done -> warmUp.isWarm() || settings.warmUpSeconds() == 0);
  }

  private boolean goesOn() {
    return !isWarm() && System.nanoTime() - began < nanosOfTwo * Math.max(1, compiled.size() / 2.0);
  }

  private boolean isWarm() {
    return steady == STEADY_SLICES;
  }

  private Future<?> once() {
    return measurement.run(slice).compose(figures -> Compilers.all(driver.rpc()).map(now -> {
      boolean isFaster = figures.rate() > best * FASTER;
      best = Math.max(best, figures.rate());
      steady = isFaster || isCompiling(now) ? 0 : steady + 1;
      return null;
    }));
  }

  private boolean isCompiling(Map<Long, Long> now) {
    long before = looked;
    looked = System.nanoTime();
    Map<Long, Long> last = compiled;
    compiled = now;
    double most = COMPILING * (looked - before) / 1e6;
    return now.entrySet().stream().anyMatch(each -> each.getValue() - last.getOrDefault(each.getKey(), 0L) > most);
  }
}
