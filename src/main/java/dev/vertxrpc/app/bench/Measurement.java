package dev.vertxrpc.app.bench;

import io.vertx.core.Future;

/** Something that can be measured for about as long as is wanted. Called on the event loop of the {@link Driver}. */
interface Measurement {
  /** Whoever has not been faster for so many slices is warm. */
  int STEADY_SLICES = 3;
  /** Warm or not. */
  int MOST_SLICES = 24;
  /** Than the best before: less may be chance. */
  double FASTER = 1.05;

  /** Measures for about {@code seconds}; at least one of whatever it measures. */
  Future<Figures> run(double seconds);

  /** Runs slices of {@code seconds} until they get no faster, within a limit. */
  default Future<Void> warmUp(double seconds) {
    return warmUp(seconds, MOST_SLICES, STEADY_SLICES, 0);
  }

  private Future<Void> warmUp(double seconds, int most, int steady, double best) {
    if (most == 0 || steady == 0) {
      return Future.succeededFuture();
    }
    return run(seconds).compose(slice -> slice.rate() > best * FASTER
        ? warmUp(seconds, most - 1, STEADY_SLICES, slice.rate())
        : warmUp(seconds, most - 1, steady - 1, best));
  }
}
