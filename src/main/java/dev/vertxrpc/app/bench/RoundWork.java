package dev.vertxrpc.app.bench;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rounds of some workers, of an int each, or of so many KiB of floats. Immutable. */
record RoundWork(Rounds.Kind kind, int workers, int kib) implements Work {
  private static final int MOST_USUAL_WORKERS = 8;
  private static final int KIB = 1024;
  /** Before anything is known of how long one takes. */
  private static final int FIRST_ROUNDS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  static Work small(int workers) {
    return new RoundWork(Rounds.Kind.GATHER, workers, 0);
  }

  /** One value for all, however many they are. */
  static Work reducing(int workers) {
    return new RoundWork(Rounds.Kind.REDUCE, workers, 0);
  }

  /** As much as a hundred workers have room for on one machine. */
  static Work medium(int workers) {
    return new RoundWork(Rounds.Kind.GATHER, workers, 64);
  }

  static Work large(int workers) {
    return new RoundWork(Rounds.Kind.GATHER, workers, KIB);
  }

  @Override
  public String name() {
    String what = kind == Rounds.Kind.GATHER ? "allGather" : "allReduce";
    return what + workers + (kib == 0 ? "" : kib < KIB ? "_" + kib + "KiB" : "_" + kib / KIB + "MiB");
  }

  /** The others are for {@code --vertx-instances}: so many processes would measure the machine. */
  @Override
  public boolean isUsual() {
    return kind == Rounds.Kind.GATHER && workers <= MOST_USUAL_WORKERS && (kib == 0 || kib == KIB);
  }

  private int floats() {
    return kib * KIB / Float.BYTES;
  }

  @Override
  public void run(Driver driver, Peers peers, Settings settings, Report report) throws Exception {
    peers.upTo(workers - 1);
    new Comparison(name(), new Gathering(driver), Optional.empty(), Figures.PER_S).run(driver, settings, report);
  }

  /** All participants have to be told how many rounds there will be, so it is guessed from the rounds before. */
  private final class Gathering implements Measurement {
    private final Driver driver;
    private final List<String> names = IntStream.range(0, workers).mapToObj(Peers::name).toList();
    private double perSecond;

    private Gathering(Driver driver) {
      this.driver = driver;
    }

    @Override
    public Future<Figures> run(double seconds) {
      int rounds = Math.max(FIRST_ROUNDS, (int) (perSecond * seconds));
      List<Future<Long>> all = new ArrayList<>();
      for (String other : names.subList(1, workers)) {
        all.add(driver.rpc().on(other).withTimeout(LIMIT).call(Rounds::join, kind, names, rounds, floats()));
      }
      Future<Long> own = Rounds.take(driver.rpc(), kind, names, rounds, floats());
      all.add(own);
      return Future.all(all).map(done -> {
        Figures figures = Figures.of(rounds, own.result(), kib == 0 ? "us" : "ms");
        perSecond = figures.rate();
        return figures;
      });
    }
  }
}
