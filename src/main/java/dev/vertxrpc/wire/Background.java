package dev.vertxrpc.wire;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few threads for work of our own that would keep an event loop. No code that waits runs there, so that none of it
 * waits for what only they could do. Where none is free, or they have been stopped, whoever asks does the work itself.
 * Thread-safe.
 */
final class Background implements Executor {
  private static final int MOST_THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
      new SynchronousQueue<>(), task -> {
        Thread thread = new Thread(task, "vertx-rpc-background");
        thread.setDaemon(true);
        return thread;
      }, (task, none) -> task.run());

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /** What runs goes on to its end. */
  void stop() {
    threads.shutdown();
  }
}
