package dev.vertxrpc.app.bench;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Something that can be measured for about as long as is wanted. Called on the event loop of the {@link Driver}. */
interface Measurement {
  /** As often as more runs than that show nothing new. */
  int MOST_SLICES = 12;
  int FEWEST_SLICES = 3;
  /** Of the best before: who is not faster than that is warm. */
  double FASTER = 1.05;

  /** Measures for about {@code seconds}; at least one of whatever it measures. */
  Future<Figures> run(double seconds);

  /** Runs slices of {@code seconds} until they get no faster, within a limit. */
  default Future<Void> warmUp(double seconds) {
    return warmUp(seconds, new ArrayList<>());
  }

  private Future<Void> warmUp(double seconds, List<Double> rates) {
    return run(seconds).compose(slice -> {
      double best = rates.stream().mapToDouble(Double::doubleValue).max().orElse(0);
      rates.add(slice.rate());
      boolean isWarm = rates.size() >= FEWEST_SLICES && slice.rate() < best * FASTER;
      return isWarm || rates.size() >= MOST_SLICES ? Future.succeededFuture() : warmUp(seconds, rates);
    });
  }
}
