package dev.vertxrpc.ref;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.Creation;
import dev.vertxrpc.wire.Fork;
import io.vertx.core.Promise;

/**
 * This worker's handle to a value that another one keeps.
 *
 * <pre>
 *   PENDING --owner knows it--> CONFIRMED --closed, and no child undecided--> released
 *      '--owner refuses, or is gone--> FAILED <-- owner is gone --'
 * </pre>
 *
 * <p>A child is a fork made of this one, whose holder has not said yet that the owner knows it: until then
 * this one must not be released, or the owner might free the value between the two. Guarded by the lock of
 * {@link Tables}.
 */
final class HeldFork {
  private enum State { PENDING, CONFIRMED, FAILED }

  private final Fork fork;
  private final WorkerInfo owner;
  private final boolean received;
  private final Promise<Void> confirmed;
  private final long sinceNanos;
  private final String site;
  private volatile State state = State.PENDING;
  private volatile boolean closed;
  private volatile RpcException failure;
  private int children;
  /** The call that has the value made; null where that was another's. */
  private Creation creation;

  private HeldFork(Fork fork, WorkerInfo owner, boolean received, Promise<Void> confirmed, long sinceNanos,
                   String site) {
    this.fork = fork;
    this.owner = owner;
    this.received = received;
    this.confirmed = confirmed;
    this.sinceNanos = sinceNanos;
    this.site = site;
  }

  /** The handle of the worker that asks for the value to be made. */
  static HeldFork created(Fork fork, WorkerInfo owner, Promise<Void> confirmed, long nowNanos, String site) {
    return new HeldFork(fork, owner, false, confirmed, nowNanos, site);
  }

  /** A handle that a parent handed out, which waits to hear that the owner knows it. */
  static HeldFork received(Fork fork, WorkerInfo owner, Promise<Void> confirmed, long nowNanos, String site) {
    return new HeldFork(fork, owner, true, confirmed, nowNanos, site);
  }

  Fork fork() {
    return fork;
  }

  /** Whether a parent waits for word of it. */
  boolean isReceived() {
    return received;
  }

  /** Null where the owner was never known; then it has failed. */
  WorkerInfo owner() {
    return owner;
  }

  /** Completed outside the lock, after the state. */
  Promise<Void> confirmed() {
    return confirmed;
  }

  /** By the node's clock. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** Where it was made; null where that is not tracked. */
  String site() {
    return site;
  }

  boolean isConfirmed() {
    return state == State.CONFIRMED;
  }

  boolean isPending() {
    return state == State.PENDING;
  }

  boolean isClosed() {
    return closed;
  }

  /** Why it is of no use; null while it may be. */
  RpcException failure() {
    return failure;
  }

  void confirm() {
    state = State.CONFIRMED;
  }

  void fail(RpcException why) {
    failure = why;
    state = State.FAILED;
    tellCreation();
  }

  void close() {
    closed = true;
    tellCreation();
  }

  /** What has the value made, and hears when this handle is of no use any more. */
  void madeBy(Creation call) {
    creation = call;
    tellCreation();
  }

  private void tellCreation() {
    if (creation != null && (closed || state == State.FAILED)) {
      creation.end();
    }
  }

  void addChild() {
    children++;
  }

  void dropChild() {
    children--;
  }

  /** How many it waits for word of. */
  int children() {
    return children;
  }

  /** Whether the owner may be told that it is no longer held. */
  boolean isReleasable() {
    return closed && state == State.CONFIRMED && children == 0;
  }
}
