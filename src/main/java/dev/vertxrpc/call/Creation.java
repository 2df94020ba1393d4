package dev.vertxrpc.call;

import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Frame;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A call whose result its callee keeps, as its caller sees it: it counts among the calls under way until the callee has
 * acknowledged it, and can be given up as long as its caller holds the value. Thread-safe.
 */
public final class Creation implements Nested {
  private final Endpoint endpoint;
  private final PendingCall call;
  private final Activity activity;
  private final Terms terms;
  private final Subscription<?> signal;
  private final AtomicBoolean released = new AtomicBoolean();
  private volatile boolean ended;

  Creation(Endpoint endpoint, PendingCall call, Activity activity) {
    this.endpoint = endpoint;
    this.call = call;
    this.activity = activity;
    this.terms = call.terms();
    this.signal = terms.cancelOn().map(this::cancelledBy).orElse(null);
  }

  private <T> Subscription<T> cancelledBy(Future<T> future) {
    return Subscription.of(future, (done, failed) -> cancel("its signal completed"));
  }

  /** The call is on its way, which a cancellation must not overtake. */
  void begin() {
    if (terms.parent() != null && !terms.parent().enter(this)) {
      cancel("the call that it was made for was cancelled");
    }
    if (signal != null) {
      signal.begin();
    }
    if (ended) {
      end();
    }
  }

  @Override
  public void cancel(String why) {
    endpoint.send(call.peer(), new Frame.Cancel(call.callId()));
  }

  /** The callee has it, or never will: it counts there from now on. Twice is once. Not under a lock. */
  public void acknowledged() {
    if (released.compareAndSet(false, true)) {
      call.countsNoMore();
      activity.end();
    }
  }

  /** The same of one that was sent; what it sent is kept no longer. */
  public void settled() {
    acknowledged();
    call.letGo();
  }

  /** Its caller does not care for the value any more: what would cancel it forgets it. Twice is once. */
  public void end() {
    ended = true;
    if (terms.parent() != null) {
      terms.parent().leave(this);
    }
    if (signal != null) {
      signal.end();
    }
  }
}
