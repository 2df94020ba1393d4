package dev.vertxrpc.wire;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The way from one worker to one incarnation of another.
 *
 * <pre>
 *   CONNECTING --WELCOME, or HELLO from the peer--> OPEN --GOODBYE, loss--> CLOSED
 *        '----------------------GOODBYE, loss-----------------------------^
 * </pre>
 *
 * <p>While CONNECTING it repeats HELLO and keeps what it is to send; OPEN, it sends what has gathered
 * since the last turn as one batch; CLOSED, it takes nothing more and remembers why, for as long as the
 * worker lives, so that a peer that was declared lost cannot come back as if nothing had been. Frames
 * are written in the order in which they were given. Thread-safe; the writing happens on the node's
 * context, whose loop also has the socket.
 */
final class Link {
  private static final long FIRST_HELLO_MILLIS = 50;
  private static final long LAST_HELLO_MILLIS = 1_000;

  private enum State { CONNECTING, OPEN, CLOSED }

  private record Outgoing(Frame frame, BooleanSupplier wanted) {}

  private final Endpoint endpoint;
  private final Node node;
  private final WorkerInfo peer;
  private final Bus.Outlet outlet;
  private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final Promise<Void> opened = Promise.promise();
  private volatile State state = State.CONNECTING;
  private volatile RpcException closed;
  private volatile boolean accuser;
  private volatile Timeout nextHello;

  Link(Endpoint endpoint, Node node, WorkerInfo peer, String address) {
    this.endpoint = endpoint;
    this.node = node;
    this.peer = peer;
    this.outlet = node.bus().to(address);
  }

  WorkerInfo peer() {
    return peer;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** The peer takes this worker for lost. */
  void markAccuser() {
    accuser = true;
  }

  boolean isAccuser() {
    return accuser;
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  /** Why it takes nothing more. */
  RpcException closed() {
    return closed;
  }

  /** Completes when the peer answered, fails when the link closes first. */
  Future<Void> opened() {
    return opened.future();
  }

  void connect() {
    node.context().runOnContext(start -> hello(FIRST_HELLO_MILLIS));
  }

  private void hello(long waitMillis) {
    if (state != State.CONNECTING) {
      return;
    }
    // A HELLO that cannot be written is no news: the next one may.
    write(endpoint.hello());
    nextHello = node.clock().schedule(Duration.ofMillis(waitMillis), () -> node.context()
        .runOnContext(again -> hello(Math.min(2 * waitMillis, LAST_HELLO_MILLIS))));
  }

  /** Answers the peer's HELLO; what we have to say goes out once the answer has. */
  void welcome() {
    node.context().runOnContext(now -> write(new Frame.Welcome()).onSuccess(written -> open()));
  }

  void open() {
    synchronized (this) {
      if (state != State.CONNECTING) {
        return;
      }
      state = State.OPEN;
    }
    opened.tryComplete();
    scheduleFlush();
  }

  /** Whether the frame was taken; {@code wanted}, which may be null, is asked when it is about to be written. */
  boolean send(Frame frame, BooleanSupplier wanted) {
    if (state == State.CLOSED) {
      return false;
    }
    queue.add(new Outgoing(frame, wanted));
    if (state == State.OPEN) {
      scheduleFlush();
    }
    return true;
  }

  private void scheduleFlush() {
    if (flushing.compareAndSet(false, true)) {
      node.context().runOnContext(turn -> flush());
    }
  }

  private Future<Void> flush() {
    // Before the queue is emptied: who adds a frame from now on schedules another turn.
    flushing.set(false);
    List<Future<Void>> writes = new ArrayList<>(1);
    Batch batch = null;
    for (Outgoing next = queue.poll(); next != null && state == State.OPEN; next = queue.poll()) {
      if (next.wanted() != null && !next.wanted().getAsBoolean()) {
        continue;
      }
      if (batch == null) {
        batch = Batch.from(endpoint.self().incarnation());
      }
      try {
        batch.add(next.frame());
      } catch (RuntimeException | OutOfMemoryError unencodable) {
        // A gap that nobody notices would be worse than the loss of the link.
        writes.add(Future.failedFuture(unencodable));
        batch = null;
        break;
      }
      if (batch.isFull()) {
        writes.add(write(batch));
        batch = null;
      }
    }
    if (batch != null) {
      writes.add(write(batch));
    }
    Future<Void> all = Future.join(writes).mapEmpty();
    // What was in a failed write is gone, and with it the order and the completeness of the link.
    return all.onFailure(failed -> endpoint.gone(peer, RpcFailure.WORKER_LOST,
        "a message to it could not be written: " + failed.getMessage()));
  }

  /** Sends what is waiting, and {@code goodbye} behind it; completes when it is on its way, or cannot be. */
  Future<Void> farewell(Frame.Goodbye goodbye) {
    Promise<Void> done = Promise.promise();
    node.context().runOnContext(now -> {
      Future<Void> flushed = state == State.OPEN ? flush() : Future.succeededFuture();
      Future.join(flushed, write(goodbye)).<Void>mapEmpty().otherwiseEmpty().onComplete(done);
    });
    return done.future();
  }

  /** Takes nothing more. Whether it was this call that closed it. */
  boolean close(RpcException why) {
    synchronized (this) {
      if (state == State.CLOSED) {
        return false;
      }
      closed = why;
      state = State.CLOSED;
    }
    opened.tryFail(why);
    queue.clear();
    Timeout hello = nextHello;
    if (hello != null) {
      hello.cancel();
    }
    return true;
  }

  private Future<Void> write(Frame frame) {
    Batch batch = Batch.from(endpoint.self().incarnation());
    batch.add(frame);
    return write(batch);
  }

  private Future<Void> write(Batch batch) {
    return outlet.write(batch);
  }
}
