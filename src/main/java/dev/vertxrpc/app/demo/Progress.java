package dev.vertxrpc.app.demo;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows a person what the workers of a run report: a bar that grows by an epoch on a terminal, a line
 * for each epoch elsewhere. Thread-safe.
 */
final class Progress implements Consumer<JsonObject>, AutoCloseable {
  private final PrintStream out;
  private final boolean terminal;
  private ProgressBar bar;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** On standard output, with a bar where that is a terminal. */
  static Progress onStdout() {
    return new Progress(System.out, System.console() != null);
  }

  @Override
  public synchronized void accept(JsonObject event) {
    switch (event.getString("event")) {
      case Events.EPOCH -> epoch(event);
      case Events.TRAINED -> out.println(line("accuracy %.4f on %d scans held out; %d samples/s; %d updates, "
          + "none lost", event, "accuracy", "heldOut", "samplesPerS", "updates"));
      case Events.ENDED -> out.println(ended(event));
      default -> out.println(event.encode());
    }
  }

  private void epoch(JsonObject event) {
    int epoch = event.getInteger("epoch");
    int epochs = event.getInteger("epochs");
    String figures = line("loss %.4f  accuracy %.4f", event, "loss", "accuracy");
    if (!terminal) {
      out.println(String.format(Locale.ROOT, "epoch %3d/%d  %s", epoch, epochs, figures));
      return;
    }
    if (bar == null) {
      bar = new ProgressBarBuilder().setTaskName("epochs").setInitialMax(epochs)
          .setStyle(ProgressBarStyle.ASCII)
          .setConsumer(new ConsoleProgressBarConsumer(out)).build();
    }
    bar.setExtraMessage(" " + figures);
    bar.stepTo(epoch);
    if (epoch == epochs) {
      close();
    }
  }

  private static String ended(JsonObject event) {
    CallTimes times = CallTimes.from(event.getJsonArray("callTimes"));
    String calls = times.calls() == 0 ? "no calls"
        : String.format(Locale.ROOT, "%d calls, p50 %d us, p99 %d us",
            times.calls(), times.percentileMicros(0.5), times.percentileMicros(0.99));
    return event.getString("worker") + ": " + calls + "; " + event.getInteger("refsLeft")
        + " references left";
  }

  private static String line(String format, JsonObject event, String... keys) {
    Object[] values = new Object[keys.length];
    for (int i = 0; i < keys.length; i++) {
      values[i] = event.getValue(keys[i]);
    }
    return String.format(Locale.ROOT, format, values);
  }

  /** Leaves the bar as it stands, so that what is printed next gets a line of its own. */
  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
