import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws what {@code measure} measured, both axes logarithmic, and prints the same as tables. */
public final class Plot {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;
  private static final int LEFT = 80;
  private static final int RIGHT = 150;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#555555");
  private static final Pattern WORK = Pattern.compile("([a-zA-Z]+?)(\\d+)?(B|KiB|MiB)?(_\\w+)?");
  private static final Map<String, Integer> UNITS = Map.of("B", 1, "KiB", 1 << 10, "MiB", 1 << 20);

  private final String title;
  private final String across;
  /** For each series its points, by where they stand across. */
  private final Map<String, TreeMap<Double, Double>> series = new LinkedHashMap<>();

  private Plot(String title, String across) {
    this.title = title;
    this.across = across;
  }

  /** The one argument: the folder of the figures. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Plot windows = new Plot("Calls a second", "calls at once");
    windows.read(folder.resolve("windows.jsonl"), line -> line.path("system").asText(), "callsPerS");
    windows.finish(folder.resolve("windows.svg"));
    Plot echoes = new Plot("MiB a second, both ways", "bytes of a value");
    for (String lane : List.of("shm", "tcp", "bus")) {
      echoes.read(folder.resolve("echoes-" + lane + ".jsonl"),
          line -> line.path("system").asText().replace("vertx-rpc", "lane " + lane), "mibPerS");
    }
    echoes.finish(folder.resolve("echoes.svg"));
    Plot workers = new Plot("Microseconds of a round", "workers");
    workers.read(folder.resolve("workers.jsonl"), Plot::size, "us");
    workers.finish(folder.resolve("workers.svg"));
    Plot rrefs = new Plot("References", "references held");
    for (String figure : List.of("bytesPerRRef", "makeMs", "releaseMs")) {
      rrefs.read(folder.resolve("rrefs.jsonl"), line -> figure, figure);
    }
    rrefs.finish(folder.resolve("rrefs.svg"));
  }

  private static String size(JsonNode line) {
    Matcher work = WORK.matcher(line.path("work").asText());
    if (!work.matches() || work.group(4) == null) {
      return line.path("work").asText().startsWith("allReduce") ? "one int of all" : "an int of each";
    }
    return work.group(4).substring(1) + " of each";
  }

  private void read(Path file, Function<JsonNode, String> name, String figure) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (String text : Files.readAllLines(file)) {
      JsonNode line = JSON.readTree(text);
      // Rounds of large values are told in milliseconds.
      double value = line.has(figure) || !figure.equals("us") ? line.path(figure).asDouble()
          : 1000 * line.path("ms").asDouble();
      Matcher work = WORK.matcher(line.path("work").asText());
      if (value > 0 && work.matches()) {
        double at = line.has("rrefs") ? line.path("rrefs").asDouble()
            : Double.parseDouble(work.group(2)) * UNITS.getOrDefault(String.valueOf(work.group(3)), 1);
        series.computeIfAbsent(name.apply(line), added -> new TreeMap<>()).put(at, value);
      }
    }
  }

  private void finish(Path svg) throws IOException {
    if (!series.isEmpty()) {
      Files.writeString(svg, svg());
      System.out.println(table());
    }
  }

  private TreeSet<Double> places() {
    TreeSet<Double> places = new TreeSet<>();
    series.values().forEach(points -> places.addAll(points.keySet()));
    return places;
  }

  private String table() {
    StringBuilder table = new StringBuilder("| " + across + " | " + String.join(" | ", series.keySet()) + " |\n|"
        + "---|".repeat(series.size() + 1) + "\n");
    for (double place : places()) {
      table.append("| ").append(whole(place)).append(" |");
      series.values().forEach(points -> table.append(' ')
          .append(points.containsKey(place) ? number(points.get(place)) : "").append(" |"));
      table.append('\n');
    }
    return title + ":\n\n" + table;
  }

  private static String number(double value) {
    return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.3g", value);
  }

  private static String whole(double place) {
    long count = (long) place;
    if (count % (1 << 20) == 0) {
      return (count >> 20) + " Mi";
    }
    return count % (1 << 10) == 0 ? (count >> 10) + " Ki" : String.format(Locale.ROOT, "%,d", count);
  }

  private String svg() {
    double mostAcross = places().last();
    double leastAcross = places().first();
    List<Double> values = new ArrayList<>();
    series.values().forEach(points -> values.addAll(points.values()));
    double most = Math.pow(10, Math.ceil(Math.log10(values.stream().mapToDouble(v -> v).max().orElseThrow())));
    double least = Math.pow(10, Math.floor(Math.log10(values.stream().mapToDouble(v -> v).min().orElseThrow())));
    StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
            + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n", WIDTH, HEIGHT));
    text(svg, LEFT, TOP - 16, "start", title);
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", across);
    for (double value = least; value <= most * 1.001; value *= 10) {
      double y = TOP + (HEIGHT - TOP - BOTTOM) * (1 - part(value, least, most));
      line(svg, LEFT, y, WIDTH - RIGHT, y);
      text(svg, LEFT - 6, y + 4, "end", number(value));
    }
    for (double place : places()) {
      double x = LEFT + (WIDTH - LEFT - RIGHT) * part(place, leastAcross, mostAcross);
      line(svg, x, TOP, x, HEIGHT - BOTTOM);
      text(svg, x, HEIGHT - BOTTOM + 16, "middle", whole(place));
    }
    int index = 0;
    for (Map.Entry<String, TreeMap<Double, Double>> each : series.entrySet()) {
      String colour = COLOURS.get(index % COLOURS.size());
      StringBuilder points = new StringBuilder();
      each.getValue().forEach((place, value) -> points.append(String.format(Locale.ROOT, "%.1f,%.1f ",
          LEFT + (WIDTH - LEFT - RIGHT) * part(place, leastAcross, mostAcross),
          TOP + (HEIGHT - TOP - BOTTOM) * (1 - part(value, least, most)))));
      svg.append(String.format("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n", colour,
          points.toString().trim()));
      svg.append(String.format("<g fill=\"%s\">", colour));
      text(svg, WIDTH - RIGHT + 10, TOP + 16 + 18 * index++, "start", each.getKey());
      svg.append("</g>\n");
    }
    return svg.append("</svg>\n").toString();
  }

  private static double part(double value, double least, double most) {
    return most == least ? 0 : Math.log(value / least) / Math.log(most / least);
  }

  private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(String.format(Locale.ROOT,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n", x1, y1, x2, y2));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor,
        text));
  }
}
