package dev.vertxrpc.app.bench;

import io.vertx.core.Future;

/** Something that can be measured for about as long as is wanted. Called on the event loop of the {@link Driver}. */
interface Measurement {
  /** Measures for about {@code seconds}; at least one of whatever it measures. */
  Future<Figures> run(double seconds);
}
