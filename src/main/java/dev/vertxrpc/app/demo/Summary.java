package dev.vertxrpc.app.demo;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The figures of a whole run, gathered from what its workers report. Thread-safe.
 */
final class Summary implements Consumer<JsonObject> {
  private static final double GOOD = 0.93;

  private final int workers;
  private final Set<String> ended = new HashSet<>();
  private CallTimes times = CallTimes.none();
  private int epochs;
  private long refsLeft;
  private Optional<JsonObject> trained = Optional.empty();

  /** Of a run of that many workers. */
  Summary(int workers) {
    this.workers = workers;
  }

  @Override
  public synchronized void accept(JsonObject event) {
    switch (event.getString("event")) {
      case Events.EPOCH -> epochs = event.getInteger("epoch");
      case Events.TRAINED -> trained = Optional.of(event);
      case Events.ENDED -> {
        ended.add(event.getString("worker"));
        times = times.plus(CallTimes.from(event.getJsonArray("callTimes")));
        refsLeft += event.getInteger("refsLeft");
      }
      default -> { }
    }
  }

  /** Why the run does not count as a success, if it does not. */
  synchronized Optional<String> complaint() {
    if (ended.size() < workers) {
      return Optional.of(ended.size() + " of " + workers + " workers reported their end");
    }
    if (trained.isEmpty()) {
      return Optional.of("no trainer reported a result");
    }
    if (refsLeft > 0) {
      return Optional.of(refsLeft + " references were left, expected none");
    }
    boolean good = accuracy() >= GOOD; // which NaN is not
    return good ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "accuracy %.4f, expected at least %.2f", accuracy(), GOOD));
  }

  synchronized JsonObject toJson(int processes, Duration wall) {
    return new JsonObject()
        .put("workers", workers)
        .put("processes", processes)
        .put("epochs", epochs)
        .put("accuracy", Math.round(accuracy() * 1e4) / 1e4)
        .put("samplesPerS", figure("samplesPerS"))
        .put("updates", figure("updates"))
        .put("calls", times.calls())
        .put("callP50Us", times.percentileMicros(0.5))
        .put("callP99Us", times.percentileMicros(0.99))
        .put("rrefsLeft", refsLeft)
        .put("wallMs", wall.toMillis());
  }

  /** The same for a person, from what {@link #toJson} returned. */
  static String text(JsonObject json) {
    return String.format(Locale.ROOT, """
        accuracy         %.4f on the scans held out
        speed            %d samples/s
        updates          %s
        calls            %d, p50 %d us, p99 %d us
        references left  %d
        workers          %d in %d processes, %.1f s""",
        json.getDouble("accuracy"), json.getLong("samplesPerS"), updates(json.getLong("updates")),
        json.getLong("calls"), json.getLong("callP50Us"), json.getLong("callP99Us"),
        json.getLong("rrefsLeft"), json.getInteger("workers"), json.getInteger("processes"),
        json.getLong("wallMs") / 1e3);
  }

  // The first trainer compares what was sent with what was applied before it reports any.
  private static String updates(long reported) {
    return reported == 0 ? "not reported" : reported + ", none lost";
  }

  // JSON has no NaN: it arrives from another process as a text.
  private double accuracy() {
    return trained.map(event -> event.getValue("accuracy") instanceof Number number
        ? number.doubleValue() : Double.NaN).orElse(0.0);
  }

  private long figure(String key) {
    return trained.map(event -> event.getLong(key)).orElse(0L);
  }
}
