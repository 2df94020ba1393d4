package dev.vertxrpc.app.demo;

import dev.vertxrpc.observe.RpcMeter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How long calls took, as counts in buckets whose bounds are the same in every process, so that the
 * figures of several can be added: percentiles cannot. A bucket is a tenth wider than the one below, or a
 * microsecond. Immutable.
 */
record CallTimes(List<Long> counts) {
  private static final String METER = RpcMeter.CALLS.meterName();
  private static final String FAILURE = "failure";
  private static final String SUCCEEDED = "none";
  private static final long LONGEST_MICROS = 100_000_000;
  /** In nanoseconds, as meters count. */
  private static final double[] BOUNDS = bounds();
  /** Longer than any run: a histogram forgets what is older. */
  private static final Duration FOR_EVER = Duration.ofDays(365);

  CallTimes {
    counts = List.copyOf(counts);
    if (counts.size() != BOUNDS.length + 1) {
      throw new IllegalArgumentException(
          "found " + counts.size() + " buckets, expected " + (BOUNDS.length + 1));
    }
  }

  private static double[] bounds() {
    return LongStream.iterate(1, micros -> micros <= LONGEST_MICROS,
            micros -> Math.max(micros + 1, micros * 11 / 10))
        .mapToDouble(micros -> micros * 1e3).toArray();
  }

  /** Makes a registry count calls in these buckets; to be set before the first call. */
  static MeterFilter buckets() {
    return new MeterFilter() {
      @Override
      public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return !isCounted(id) ? config : DistributionStatisticConfig.builder()
            .serviceLevelObjectives(BOUNDS)
            .percentilesHistogram(false)
            .percentiles()
            .expiry(FOR_EVER)
            .bufferLength(1)
            .build()
            .merge(config);
      }
    };
  }

  private static boolean isCounted(Meter.Id id) {
    return id.getName().equals(METER) && SUCCEEDED.equals(id.getTag(FAILURE));
  }

  /** No call at all. */
  static CallTimes none() {
    return new CallTimes(Collections.nCopies(BOUNDS.length + 1, 0L));
  }

  /** The calls that succeeded, as a registry has counted them so far. */
  static CallTimes of(MeterRegistry registry) {
    Timer timer = registry.find(METER).tag(FAILURE, SUCCEEDED).timer();
    if (timer == null) {
      return none();
    }
    List<Long> counts = new ArrayList<>();
    long below = 0;
    for (CountAtBucket bucket : timer.takeSnapshot().histogramCounts()) {
      long upToHere = (long) bucket.count();
      counts.add(upToHere - below);
      below = upToHere;
    }
    counts.add(timer.count() - below);
    return new CallTimes(counts);
  }

  CallTimes plus(CallTimes other) {
    List<Long> sums = new ArrayList<>(counts);
    for (int i = 0; i < sums.size(); i++) {
      sums.set(i, counts.get(i) + other.counts.get(i));
    }
    return new CallTimes(sums);
  }

  /** How many calls there were. */
  long calls() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** The time that a share of the calls, 0.99 say, did not exceed, to within a bucket; 0 without calls. */
  long percentileMicros(double share) {
    double wanted = share * calls();
    long below = 0;
    for (int i = 0; i < BOUNDS.length; i++) {
      long here = counts.get(i);
      if (here > 0 && below + here >= wanted) {
        double lower = i == 0 ? 0 : BOUNDS[i - 1];
        return Math.round((lower + (BOUNDS[i] - lower) * (wanted - below) / here) / 1e3);
      }
      below += here;
    }
    return below == calls() ? 0 : LONGEST_MICROS;
  }

  static CallTimes from(JsonArray json) {
    return new CallTimes(json.stream().map(count -> ((Number) count).longValue()).toList());
  }

  JsonArray toJson() {
    return new JsonArray(new ArrayList<>(counts));
  }
}
