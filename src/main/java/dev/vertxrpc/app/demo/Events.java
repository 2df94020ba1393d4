package dev.vertxrpc.app.demo;

import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/**
 * What the workers of a run tell about it. An event is a JSON object whose {@code event} says which:
 *
 * <ul>
 *   <li>{@value #EPOCH}, from the first trainer: epoch, epochs, loss, accuracy;
 *   <li>{@value #TRAINED}, from the first trainer: accuracy, heldOut, samplesPerS, updates;
 *   <li>{@value #ENDED}, from every worker: worker, callTimes, refsLeft.
 * </ul>
 *
 * Thread-safe.
 */
final class Events {
  static final String EPOCH = "epoch";
  static final String TRAINED = "trained";
  static final String ENDED = "ended";

  /** Set for a process whose standard output a program reads: one JSON object a line. */
  static final String AS_JSON = "vertxrpc.demo.json";

  /** What the command line's logging goes by. */
  static final String LOG_LEVEL = "vertxrpc.log.level";

  private Events() {}

  static JsonObject of(String event) {
    return new JsonObject().put("event", event);
  }

  /** Where a worker that was started by itself sends them. */
  static Consumer<JsonObject> toStdout() {
    return Boolean.getBoolean(AS_JSON) ? event -> System.out.println(event.encode()) : Progress.onStdout();
  }
}
