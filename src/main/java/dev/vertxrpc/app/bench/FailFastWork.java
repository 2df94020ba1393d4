package dev.vertxrpc.app.bench;

import dev.vertxrpc.RemoteWorker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long calls go on waiting for a worker that has gone: from the signal to the failure of the last of them.
 * {@code hung} counts those that did not fail by themselves. Immutable.
 */
record FailFastWork(Way way) implements Work {
  /** Ways in which a worker goes. */
  enum Way {
    SIGKILL, GOODBYE, UNDEPLOY, SIGSTOP;

    private void end(String victim, Driver driver, Peers peers) {
      RemoteWorker worker = driver.rpc().on(victim);
      switch (this) {
        case SIGKILL -> peers.kill(victim);
        case SIGSTOP -> peers.freeze(victim);
        // Whether there is an answer, says nothing: the worker may be gone before.
        case GOODBYE -> driver.await(() -> worker.call(Victim::close).otherwiseEmpty());
        case UNDEPLOY -> driver.await(() -> worker.call(Victim::undeploy).otherwiseEmpty());
      }
    }
  }

  private static final String VICTIM = "victim-";
  private static final int RUNS = 20;
  private static final int CALLS = 100;
  /** Whoever has not failed by then never will. */
  private static final long PATIENCE_MILLIS = 30_000;

  static final String NAME = "failFast";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean needsProcesses() {
    return way == Way.SIGKILL || way == Way.SIGSTOP;
  }

  @Override
  public void run(Driver driver, Peers peers, Settings settings, Report report) throws Exception {
    List<Double> millis = new ArrayList<>();
    int hung = 0;
    for (int i = 0; i < settings.runs().orElse(RUNS); i++) {
      String victim = VICTIM + i;
      peers.start(victim);
      try {
        Waiting waiting = new Waiting(driver);
        driver.await(() -> waiting.call(driver.rpc().on(victim)));
        long signalled = System.nanoTime();
        way.end(victim, driver, peers);
        hung += driver.await(waiting::rest);
        millis.add((waiting.lastNanos - signalled) / 1e6);
      } finally {
        peers.remove(victim);
      }
    }
    double[] all = millis.stream().mapToDouble(Double::doubleValue).toArray();
    report.figures(NAME, Map.of("how", way.name()), Figures.named("p50Ms", Figures.median(all),
        "maxMs", millis.stream().max(Double::compare).orElseThrow(), "hung", hung));
  }

  /** Calls that will not be answered. Confined to the event loop of the driver, but for what it has come to. */
  private static final class Waiting {
    private final Driver driver;
    private final Promise<Void> allFailed = Promise.promise();
    private int left = CALLS;
    private volatile long lastNanos = System.nanoTime();

    private Waiting(Driver driver) {
      this.driver = driver;
    }

    /** Completes when all of them have arrived. */
    private Future<?> call(RemoteWorker victim) {
      RemoteWorker patient = victim.withTimeout(Duration.ZERO);
      for (int i = 0; i < CALLS; i++) {
        patient.call(Echo::never).onFailure(failure -> failed());
      }
      return patient.call(Echo::number, 1);
    }

    private void failed() {
      lastNanos = System.nanoTime();
      if (--left == 0) {
        allFailed.complete();
      }
    }

    /** How many have not failed when there is no hope any more. */
    private Future<Integer> rest() {
      return allFailed.future().timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty().map(done -> left);
    }
  }
}
