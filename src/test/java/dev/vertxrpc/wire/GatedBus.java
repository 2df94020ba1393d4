package dev.vertxrpc.wire;

import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A bus whose writers to one address stand still while it is shut, as if they had much to write. Thread-safe. */
final class GatedBus implements Bus {
  private static final long LIMIT_SECONDS = 20;

  private final Bus bus;
  private final CountDownLatch written = new CountDownLatch(1);
  private volatile String shutAddress;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  GatedBus(Bus bus) {
    this.bus = bus;
  }

  /** Who writes to {@code address} from now on waits for what is returned. */
  CountDownLatch shut(String address) {
    gate = new CountDownLatch(1);
    shutAddress = address;
    return gate;
  }

  /** Returns when somebody waits. */
  void awaitWriter() throws InterruptedException {
    if (!written.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody has written to the bus");
    }
  }

  private void pass(String address) {
    if (!address.equals(shutAddress)) {
      return;
    }
    written.countDown();
    try {
      gate.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Outlet to(String address) {
    Outlet outlet = bus.to(address);
    return batch -> {
      pass(address);
      return outlet.write(batch);
    };
  }

  @Override
  public long beingWritten() {
    return bus.beingWritten();
  }

  @Override
  public Inlet at(String address, ContextInternal context, Consumer<Batch> receiver) {
    return bus.at(address, context, receiver);
  }

  @Override
  public void close() {
    bus.close();
  }
}
