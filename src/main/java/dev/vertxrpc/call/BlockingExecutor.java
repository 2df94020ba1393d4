package dev.vertxrpc.call;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The threads on which functions run that may block: plain ones of a pool, or a virtual one for each.
 * However it is, no more run and wait than the limits allow; beyond, it refuses. Plain threads are none of
 * Vert.x's, because those refuse to wait for a Future. Thread-safe.
 */
public final class BlockingExecutor {
  private static final long KEEP_ALIVE_SECONDS = 30;
  private static final int FIRST_VIRTUAL_RELEASE = 21;

  private final Executor threads;
  private final Runnable stop;
  private final Semaphore room;
  private final int limit;

  private BlockingExecutor(Executor threads, Runnable stop, int limit) {
    this.threads = threads;
    this.stop = stop;
    this.room = new Semaphore(limit);
    this.limit = limit;
  }

  /** Whether this Java has virtual threads. */
  public static boolean hasVirtualThreads() {
    return Runtime.version().feature() >= FIRST_VIRTUAL_RELEASE;
  }

  /** At most {@code count} plain threads, named after the worker, made as they are needed. */
  public static BlockingExecutor pool(String worker, int count, int queue) {
    ThreadPoolExecutor pool = new ThreadPoolExecutor(count, count, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(), numbered(worker));
    pool.allowCoreThreadTimeOut(true);
    return new BlockingExecutor(pool, pool::shutdownNow, count + queue);
  }

  /** A virtual thread for each of at most {@code limit} functions; Java 21 and later. */
  public static BlockingExecutor virtual(String worker, int limit) {
    ThreadFactory factory = virtualThreads("rpc-" + worker + "-");
    return new BlockingExecutor(task -> factory.newThread(task).start(), () -> { }, limit);
  }

  private static ThreadFactory numbered(String worker) {
    return new ThreadFactory() {
      private int made;

      @Override
      public synchronized Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "rpc-" + worker + "-" + made++);
        thread.setDaemon(true);
        return thread;
      }
    };
  }

  // By name, because the code is compiled for Java 17.
  private static ThreadFactory virtualThreads(String prefix) {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Method name = type.getMethod("name", String.class, long.class);
      return (ThreadFactory) type.getMethod("factory").invoke(name.invoke(builder, prefix, 0L));
    } catch (ReflectiveOperationException none) {
      throw new IllegalStateException("this Java, " + Runtime.version() + ", has no virtual threads", none);
    }
  }

  /**
   * Runs {@code task} soon, and behind it what it returns: that is to tell of its end, and whoever is told finds
   * room again. Throws {@link RejectedExecutionException} when there is no room.
   */
  void execute(Supplier<Runnable> task) {
    if (!room.tryAcquire()) {
      throw new RejectedExecutionException("no room");
    }
    try {
      threads.execute(() -> {
        Runnable ending = () -> { };
        try {
          ending = task.get();
        } finally {
          room.release();
        }
        ending.run();
      });
    } catch (RejectedExecutionException stopped) {
      room.release();
      throw stopped;
    }
  }

  /** Runs {@code task} soon; throws {@link RejectedExecutionException} when there is no room. */
  public void run(Runnable task) {
    execute(() -> {
      task.run();
      return () -> { };
    });
  }

  /** Whether no function runs or waits. */
  public boolean isIdle() {
    return room.availablePermits() == limit;
  }

  /** Interrupts what runs on threads of the pool, and takes nothing more there; virtual threads run out. */
  public void close() {
    stop.run();
  }
}
