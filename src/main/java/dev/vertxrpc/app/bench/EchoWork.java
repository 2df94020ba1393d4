package dev.vertxrpc.app.bench;

import dev.vertxrpc.RemoteWorker;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Calls that bring back what they took along: a number, alone or in bursts, or an array of so many bytes. Immutable.
 */
record EchoWork(String name, boolean isUsual, int bytes, Function<Driver, Exchange> calls,
                Function<Exchange, Measurement> how, String metric) implements Work {
  private static final int SMALL_BYTES = 64;
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final Set<Integer> USUAL_WIDTHS = Set.of(64, 512);
  private static final Set<Integer> USUAL_BYTES = Set.of(MIB, 16 * MIB, 64 * MIB);

  static Work ping() {
    return new EchoWork("ping", true, SMALL_BYTES, EchoWork::numbers, Timed::calls, Figures.P50_US);
  }

  static Work window(int width) {
    return new EchoWork("window" + width, USUAL_WIDTHS.contains(width), SMALL_BYTES, EchoWork::numbers,
        exchange -> Timed.bursts(exchange, width), Figures.CALLS_PER_S);
  }

  static Work echo(int bytes) {
    String size = bytes < KIB ? bytes + "B" : bytes < MIB ? bytes / KIB + "KiB" : bytes / MIB + "MiB";
    return new EchoWork("echo" + size, USUAL_BYTES.contains(bytes), bytes,
        driver -> floats(driver, bytes / Float.BYTES),
        exchange -> Timed.echoes(exchange, (double) bytes / MIB), Figures.MIB_PER_S);
  }

  private static Exchange numbers(Driver driver) {
    RemoteWorker peer = driver.rpc().on(Peers.name(1));
    Integer one = 1;
    return new Exchange(() -> peer.call(Echo::number, one), one::equals);
  }

  private static Exchange floats(Driver driver, int count) {
    RemoteWorker peer = driver.rpc().on(Peers.name(1));
    float[] ones = Rounds.ones(count);
    return new Exchange(() -> peer.call(Echo::floats, ones),
        answer -> Arrays.equals(ones, (float[]) answer));
  }

  @Override
  public void run(Driver driver, Peers peers, Settings settings, Report report) throws Exception {
    peers.upTo(1);
    Optional<Measurement> baseline = Optional.empty();
    if (settings.baseline()) {
      driver.await(() -> driver.rpc().on(Peers.name(1)).call(RawBus::serve));
      baseline = Optional.of(how.apply(RawBus.requests(driver, Peers.name(1), bytes)));
    }
    new Comparison(name, how.apply(calls.apply(driver)), baseline, metric).run(driver, settings, report);
  }
}
