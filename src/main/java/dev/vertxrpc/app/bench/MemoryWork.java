package dev.vertxrpc.app.bench;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.app.launch.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What references cost the worker that is referred to, where each is to a value of its own and has one holder, and
 * the value itself costs nothing; and how long it takes to release them, all and each. Immutable.
 */
record MemoryWork() implements Work {
  private static final String OWNER = "owner";
  /** Made, confirmed and released in one go. */
  private static final int AT_ONCE = 1_000;
  /** So that what the owner remembers of those that were released, at most so many, is there before. */
  private static final int BEFORE = 70_000;

  @Override
  public String name() {
    return "rrefMemory";
  }

  @Override
  public boolean needsProcesses() {
    return true;
  }

  @Override
  public void run(Driver driver, Peers peers, Settings settings, Report report) throws Exception {
    peers.start(OWNER);
    try {
      measure(driver, settings.rrefs(), report);
    } finally {
      peers.remove(OWNER);
    }
  }

  private void measure(Driver driver, int count, Report report) {
    RemoteWorker owner = driver.rpc().on(OWNER);
    release(driver, owner, hold(driver, owner, BEFORE));
    long before = driver.await(() -> owner.call(Shared::heapBytes));
    long started = System.nanoTime();
    List<RRef<Shared>> held = hold(driver, owner, count);
    double makeMs = (System.nanoTime() - started) / 1e6;
    long full = driver.await(() -> owner.call(Shared::heapBytes));
    started = System.nanoTime();
    release(driver, owner, held);
    double releaseMs = (System.nanoTime() - started) / 1e6;
    long after = driver.await(() -> owner.call(Shared::heapBytes));
    report.figures(name(), Map.of(), Figures.named("bytesPerRRef", (double) (full - before) / count,
        "leftPerRRef", (double) (after - before) / count, "rrefs", count, "makeMs", makeMs, "releaseMs", releaseMs,
        "releaseUs", releaseMs * 1e3 / count));
  }

  private static List<RRef<Shared>> hold(Driver driver, RemoteWorker owner, int count) {
    List<RRef<Shared>> held = new ArrayList<>(count);
    driver.<Void>await(() -> Loop.during(() -> held.size() < count, () -> {
      List<Future<Void>> confirmed = new ArrayList<>();
      for (int i = Math.min(AT_ONCE, count - held.size()); i > 0; i--) {
        RRef<Shared> made = owner.remote(Shared::value);
        held.add(made);
        confirmed.add(made.confirmed());
      }
      return Future.all(confirmed);
    }));
    return held;
  }

  private static void release(Driver driver, RemoteWorker owner, List<RRef<Shared>> held) {
    int turns = (held.size() + AT_ONCE - 1) / AT_ONCE;
    // Releases are sent at the end of a turn of the event loop, and arrive before the call that follows.
    long kept = driver.await(() -> Loop.times(turns, turn -> {
      int from = turn * AT_ONCE;
      held.subList(from, Math.min(from + AT_ONCE, held.size())).forEach(RRef::close);
      Promise<Void> next = Promise.promise();
      driver.context().runOnContext(next::complete);
      return next.future();
    }).compose(closed -> owner.call(Shared::kept)));
    if (kept > 0) {
      throw new IllegalStateException(OWNER + " keeps " + kept + " values that nobody holds, expected none");
    }
  }
}
