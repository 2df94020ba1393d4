package dev.vertxrpc.app.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints what was measured, a line each: JSON for programs, columns for people; and beside it what to know of that.
 * Thread-safe.
 */
final class Report {
  static final String SYSTEM = "vertx-rpc";
  static final String BASELINE = "eventbus";
  private static final String COLUMNS = "%-17s %-10s %s";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;

  Report(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
    if (!json) {
      print(String.format(COLUMNS, "work", "system", "figures"));
    }
  }

  /** The median of {@code runs}, and for programs the rate of each run. */
  void figures(String work, String system, List<Figures> runs) {
    JsonObject line = line(work, system, Figures.median(runs).values());
    if (json) {
      line.put("runs", new JsonArray(runs.stream().map(run -> rounded(run.rate())).toList()));
    }
    print(line);
  }

  /** Figures of another kind, {@code texts} among them. */
  void figures(String work, Map<String, String> texts, Map<String, Double> figures) {
    JsonObject line = line(work, SYSTEM, figures);
    texts.forEach(line::put);
    print(line);
  }

  /** By how much {@code metric} differs from the baseline's: the median of what each pair of runs says. */
  void ratio(String work, String metric, List<Double> pairs) {
    double median = Figures.median(pairs.stream().mapToDouble(Double::doubleValue).toArray());
    if (json) {
      print(new JsonObject().put("work", work).put("metric", metric).put("ratio", rounded(median))
          .put("pairs", new JsonArray(pairs.stream().map(Report::rounded).toList())).encode());
    } else {
      print(String.format(Locale.ROOT, COLUMNS, work, "ratio", String.format(Locale.ROOT, "%12.3f x %s", median,
          metric)));
    }
  }

  /** Says beside the figures what makes those of {@code work} worth less. */
  void warn(String work, String why) {
    err.println("vertx-rpc bench: " + work + ": " + why);
    err.flush();
  }

  private static JsonObject line(String work, String system, Map<String, Double> figures) {
    JsonObject line = new JsonObject().put("work", work).put("system", system);
    figures.forEach((name, value) -> line.put(name, rounded(value)));
    return line;
  }

  // The same digits as the other benches print; whole where the number is.
  private static Number rounded(double value) {
    double rounded = Math.round(value * 1e3) / 1e3;
    return rounded == Math.rint(rounded) ? (Number) Math.round(rounded) : (Number) rounded;
  }

  private void print(JsonObject line) {
    print(json ? line.encode() : String.format(COLUMNS, line.getString("work"), line.getString("system"),
        line.stream().skip(2).map(Report::column).collect(Collectors.joining(" "))));
  }

  private static String column(Map.Entry<String, Object> figure) {
    return figure.getValue() instanceof Number number
        ? String.format(Locale.ROOT, "%14s %-12s", number(number), figure.getKey())
        : figure.getKey() + " " + figure.getValue();
  }

  private static String number(Number number) {
    return number instanceof Double exact ? String.format(Locale.ROOT, "%,.1f", exact)
        : String.format(Locale.ROOT, "%,d", number.longValue());
  }

  private synchronized void print(String line) {
    out.println(line.stripTrailing());
    out.flush();
  }
}
