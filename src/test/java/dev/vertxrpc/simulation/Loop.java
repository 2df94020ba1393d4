package dev.vertxrpc.simulation;

import dev.vertxrpc.testing.TestGroup;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A Vert.x instance with one event loop, on which steps run one after the other. Called from the test's thread. */
public final class Loop implements AutoCloseable {
  private static final long LIMIT_SECONDS = 120;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
  private final SingleThreadEventExecutor loop = (SingleThreadEventExecutor) context.nettyEventLoop();

  public Vertx vertx() {
    return vertx;
  }

  /** Repeats {@code step}, each time when all that came of the last has happened, until it says no. */
  public void run(BooleanSupplier step) {
    Promise<Void> done = Promise.promise();
    boolean[] more = {true};
    context.runOnContext(start -> settled(() -> {
      more[0] = more[0] && step.getAsBoolean();
      return more[0];
    }, done));
    TestGroup.get(done.future().timeout(LIMIT_SECONDS, TimeUnit.SECONDS));
  }

  private void settled(BooleanSupplier step, Promise<Void> done) {
    if (loop.pendingTasks() > 0) {
      context.runOnContext(again -> settled(step, done));
      return;
    }
    try {
      if (step.getAsBoolean()) {
        context.runOnContext(next -> settled(step, done));
      } else {
        context.runOnContext(last -> finish(done));
      }
    } catch (Throwable broken) {
      done.fail(broken);
    }
  }

  // What the last step began is part of it.
  private void finish(Promise<Void> done) {
    if (loop.pendingTasks() > 0) {
      context.runOnContext(again -> finish(done));
    } else {
      done.complete();
    }
  }

  @Override
  public void close() {
    TestGroup.get(vertx.close());
  }
}
