package dev.vertxrpc.observe;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Feeds the meters of {@link RpcMeter} with what a worker does. Their tags are bounded sets, never a call, a
 * reference or an address. Thread-safe.
 */
public final class MicrometerListener implements RpcListener {
  private static final String FAILURE = "failure";
  private static final String NONE = "none";
  private static final String CHANGE = "change";

  /** The numbers behind the gauges of a registry, which all its listeners add to. */
  private record Levels(AtomicLong pending, AtomicLong kept) {}

  private static final Map<MeterRegistry, Levels> LEVELS = Collections.synchronizedMap(new WeakHashMap<>());

  private final AtomicLong pending;
  private final AtomicLong kept;
  private final Map<RpcMeter, Map<RpcFailure, Timer>> failed = new EnumMap<>(RpcMeter.class);
  private final Map<RpcMeter, Timer> succeeded = new EnumMap<>(RpcMeter.class);
  private final Counter unobserved;
  private final Counter loopBlocked;
  private final Counter repliesDropped;
  private final Counter messagesDropped;
  private final Counter joined;
  private final Counter left;
  private final Counter lost;

  /** Registers the meters with {@code registry}; two workers may share it, and are summed then. */
  public MicrometerListener(MeterRegistry registry) {
    timers(registry, RpcMeter.CALLS);
    timers(registry, RpcMeter.SERVED);
    timers(registry, RpcMeter.ROUNDS);
    Levels levels = LEVELS.computeIfAbsent(registry, fresh -> new Levels(new AtomicLong(), new AtomicLong()));
    pending = levels.pending();
    kept = levels.kept();
    gauge(registry, RpcMeter.CALLS_PENDING, pending);
    gauge(registry, RpcMeter.REFS_KEPT, kept);
    unobserved = counter(RpcMeter.FAILURES_UNOBSERVED).register(registry);
    loopBlocked = counter(RpcMeter.LOOP_BLOCKED).register(registry);
    repliesDropped = counter(RpcMeter.REPLIES_DROPPED).register(registry);
    messagesDropped = counter(RpcMeter.MESSAGES_DROPPED).register(registry);
    joined = counter(RpcMeter.MEMBERS).tag(CHANGE, "joined").register(registry);
    left = counter(RpcMeter.MEMBERS).tag(CHANGE, "left").register(registry);
    lost = counter(RpcMeter.MEMBERS).tag(CHANGE, "lost").register(registry);
  }

  // All of them now, so that recording is a look-up in an array and needs no name.
  private void timers(MeterRegistry registry, RpcMeter meter) {
    succeeded.put(meter, timer(meter, NONE).register(registry));
    Map<RpcFailure, Timer> byFailure = new EnumMap<>(RpcFailure.class);
    for (RpcFailure failure : RpcFailure.values()) {
      byFailure.put(failure, timer(meter, failure.name().toLowerCase(Locale.ROOT)).register(registry));
    }
    failed.put(meter, byFailure);
  }

  private static Timer.Builder timer(RpcMeter meter, String failure) {
    return Timer.builder(meter.meterName()).description(meter.description()).tag(FAILURE, failure)
        .publishPercentileHistogram(meter == RpcMeter.CALLS && failure.equals(NONE));
  }

  private static Counter.Builder counter(RpcMeter meter) {
    return Counter.builder(meter.meterName()).description(meter.description());
  }

  // Strongly, because the registry alone would let the number be collected.
  private static void gauge(MeterRegistry registry, RpcMeter meter, AtomicLong number) {
    Gauge.builder(meter.meterName(), number, AtomicLong::get).description(meter.description())
        .strongReference(true).register(registry);
  }

  private void record(RpcMeter meter, Optional<RpcFailure> failure, Duration took) {
    failure.map(failed.get(meter)::get).orElse(succeeded.get(meter)).record(took);
  }

  @Override
  public void callStarted(long callId, WorkerInfo peer, String function) {
    pending.incrementAndGet();
  }

  @Override
  public void callEnded(long callId, Optional<RpcFailure> failure, Duration took) {
    pending.decrementAndGet();
    record(RpcMeter.CALLS, failure, took);
  }

  @Override
  public void failureUnobserved(String function, RpcFailure failure) {
    unobserved.increment();
  }

  @Override
  public void callServed(WorkerInfo caller, String function, Optional<RpcFailure> failure, Duration took) {
    record(RpcMeter.SERVED, failure, took);
  }

  @Override
  public void loopBlocked(String function, Duration soFar) {
    loopBlocked.increment();
  }

  @Override
  public void replyDropped(WorkerInfo from) {
    repliesDropped.increment();
  }

  @Override
  public void messageDropped(String reason) {
    messagesDropped.increment();
  }

  @Override
  public void refKept() {
    kept.incrementAndGet();
  }

  @Override
  public void refFreed() {
    kept.decrementAndGet();
  }

  @Override
  public void roundEnded(int participants, Optional<RpcFailure> failure, Duration took) {
    record(RpcMeter.ROUNDS, failure, took);
  }

  @Override
  public void workerJoined(WorkerInfo worker) {
    joined.increment();
  }

  @Override
  public void workerLeft(WorkerInfo worker) {
    left.increment();
  }

  @Override
  public void workerLost(WorkerInfo worker) {
    lost.increment();
  }
}
