package dev.vertxrpc.codec;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * The copying of many elements by two threads, each one half of them: one alone does not use all that the memory gives,
 * and the call has nothing else to do meanwhile. From 2 MiB on, where there is a second processor. The caller makes
 * both halves if the common pool has nobody to spare, so it waits for no work but this. Stateless.
 */
final class Halves {
  private static final int LEAST_BYTES = 2 << 20;
  private static final boolean ALONE = Runtime.getRuntime().availableProcessors() < 2
      || ForkJoinPool.getCommonPoolParallelism() < 1;

  private Halves() {
  }

  /** Copies some of the elements from where they are to the same place in the other. */
  interface Part {
    void copy(int from, int count);
  }

  /** Copies {@code count} elements of so many bytes each. */
  static void copy(int count, int elementBytes, Part part) {
    if (ALONE || (long) count * elementBytes < LEAST_BYTES) {
      part.copy(0, count);
      return;
    }
    int half = count / 2;
    ForkJoinTask<?> second = ForkJoinTask.adapt(new Half(part, half, count - half)).fork();
    try {
      part.copy(0, half);
    } finally {
      second.join();
    }
  }

  /** One that may be copied by another thread. Confined to whoever copies it. */
  private static final class Half implements Runnable {
    /** Null from when it begins: it holds all elements, and its thread may hold this when they are in use already. */
    private Part part;
    private final int from;
    private final int count;

    Half(Part part, int from, int count) {
      this.part = part;
      this.from = from;
      this.count = count;
    }

    @Override
    public void run() {
      take().copy(from, count);
    }

    private Part take() {
      Part taken = part;
      part = null;
      return taken;
    }
  }
}
