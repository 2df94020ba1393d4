package dev.vertxrpc.app.worker;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A verticle whose end can be waited for, also where it undeploys itself. Thread-safe.
 */
public final class WatchedVerticle implements Deployable {
  private static final Executor LATER = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);

  private final Deployable verticle;
  private final Promise<Void> ended = Promise.promise();

  /** Not yet deployed. */
  public WatchedVerticle(Deployable verticle) {
    this.verticle = verticle;
  }

  /** Completes when the verticle has been undeployed, by whomever; fails as its undeployment failed. */
  public Future<Void> ended() {
    return ended.future();
  }

  @Override
  public Future<?> deploy(Context context) throws Exception {
    return verticle.deploy(context);
  }

  @Override
  public Future<?> undeploy(Context context) {
    Future<?> undeployed;
    try {
      undeployed = verticle.undeploy(context);
    } catch (Exception thrown) {
      undeployed = Future.failedFuture(thrown);
    }
    return undeployed.onComplete(done -> tellWhenGone(context, done));
  }

  // Vert.x forgets the deployment some time after this; until then closing it would undeploy once more, and
  // complain. Not a timer of Vert.x, because the verticle's own end with it.
  private void tellWhenGone(Context context, AsyncResult<?> undeployed) {
    if (context.owner().deploymentIDs().contains(context.deploymentID())) {
      LATER.execute(() -> tellWhenGone(context, undeployed));
    } else if (undeployed.succeeded()) {
      ended.tryComplete();
    } else {
      ended.tryFail(undeployed.cause());
    }
  }
}
