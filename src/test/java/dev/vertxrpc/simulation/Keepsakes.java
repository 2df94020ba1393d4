package dev.vertxrpc.simulation;

import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Values that are closed, at once or not until they may be, and who holds them. Confined to the simulation's loop. */
@Remote
public final class Keepsakes {
  static final List<RRef<Keepsake>> HELD = new ArrayList<>();
  private static CountDownLatch mayBeClosed = new CountDownLatch(1);

  private Keepsakes() {}

  /** A value; closing it blocks where it is stubborn. Immutable. */
  @Remote
  public static final class Keepsake implements AutoCloseable {
    private final CountDownLatch free;

    @NonBlocking
    public Keepsake(boolean stubborn) {
      free = stubborn ? mayBeClosed : new CountDownLatch(0);
    }

    @Override
    public void close() {
      try {
        free.await();
      } catch (InterruptedException ended) {
        // Its worker waits no more.
      }
    }
  }

  @NonBlocking
  public static void keep(RRef<Keepsake> ref) {
    HELD.add(ref);
  }

  /** Whatever still blocks goes on. */
  static void reset() {
    HELD.clear();
    mayBeClosed.countDown();
    mayBeClosed = new CountDownLatch(1);
  }
}
