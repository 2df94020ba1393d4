package dev.vertxrpc.app.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, by the names that are printed; the first says how much was done a second. Immutable. */
record Figures(Map<String, Double> values) {
  static final String CALLS_PER_S = "callsPerS";
  static final String P50_US = "p50Us";
  static final String MIB_PER_S = "mibPerS";
  static final String PER_S = "perS";
  private static final double NANOS_PER_S = 1e9;

  /** Calls that took those nanoseconds, one after the other. */
  static Figures ofCalls(long[] nanos, long allNanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Figures(named(CALLS_PER_S, nanos.length * NANOS_PER_S / allNanos,
        P50_US, sorted[sorted.length / 2] / 1e3, "p99Us", sorted[(int) (sorted.length * 0.99)] / 1e3));
  }

  /** So many calls in all. */
  static Figures ofCalls(long calls, long nanos) {
    return new Figures(named(CALLS_PER_S, calls * NANOS_PER_S / nanos));
  }

  /** So many echoes of so many MiB, counted once each way. */
  static Figures ofEchoes(int echoes, double mib, long nanos) {
    return new Figures(named(MIB_PER_S, 2.0 * echoes * mib * NANOS_PER_S / nanos, "ms", nanos / 1e6 / echoes));
  }

  /** So many of anything, with the time of one in {@code us} or {@code ms}. */
  static Figures of(long times, long nanos, String unit) {
    double each = (double) nanos / times;
    return new Figures(named(PER_S, times * NANOS_PER_S / nanos, unit, unit.equals("us") ? each / 1e3 : each / 1e6));
  }

  static Map<String, Double> named(Object... namesAndValues) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      named.put((String) namesAndValues[i], ((Number) namesAndValues[i + 1]).doubleValue());
    }
    return named;
  }

  /** The median of each figure over some runs. */
  static Figures median(List<Figures> runs) {
    Map<String, Double> medians = new LinkedHashMap<>();
    runs.get(0).values.keySet().forEach(name ->
        medians.put(name, median(runs.stream().mapToDouble(run -> run.get(name)).toArray())));
    return new Figures(medians);
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double get(String name) {
    return values.get(name);
  }

  /** How much was done a second. */
  double rate() {
    return values.values().iterator().next();
  }
}
