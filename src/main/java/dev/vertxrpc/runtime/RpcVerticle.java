package dev.vertxrpc.runtime;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.config.ConfigException;
import dev.vertxrpc.config.RpcConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A verticle that is a worker. Its settings stand under the key {@code rpc} of its config; the rest of the
 * config is the application's.
 *
 * <p>Deployment completes when the worker has joined and {@link #onJoined} is done; undeployment is a leave.
 * A verticle that has a job returns it from {@link #onRun}: when the job is done the worker takes part in the
 * group's graceful shutdown and the verticle undeploys itself; when it fails the worker leaves at once, and
 * undeployment fails as the job did. All methods run on the verticle's context.
 */
public abstract class RpcVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(RpcVerticle.class);
  private static final String KEY = "rpc";
  private static final long LOOK_AGAIN_MILLIS = 10;

  private RpcWorker worker;
  private Throwable jobFailure;
  private boolean stopping;

  @Override
  public final Future<?> start() {
    worker = RpcWorker.create(vertx, rpcConfig());
    return Future.succeededFuture().compose(now -> orDone(onStart(worker)))
        .compose(started -> worker.join())
        .compose(rpc -> orDone(onJoined(rpc)).map(rpc))
        .onSuccess(this::run)
        // Vert.x does not stop what failed to start.
        .recover(failure -> worker.close().transform(closed -> orDone(onStop()))
            .transform(stopped -> Future.failedFuture(failure)));
  }

  private void run(Rpc rpc) {
    worker.ended().onComplete(ended -> context.runOnContext(now -> undeploy()));
    Future<?> job = job(rpc);
    if (job != null) {
      job.onComplete(done -> context.runOnContext(now -> {
        if (done.succeeded()) {
          worker.shutdown();
        } else {
          jobFailure = done.cause();
          worker.leave(jobFailure);
        }
      }));
    }
  }

  private Future<?> job(Rpc rpc) {
    try {
      return onRun(rpc);
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }

  // The worker may end while other instances of this deployment are still starting: then it cannot be undone
  // yet. Undone by hand meanwhile, it is not there any more.
  private void undeploy() {
    if (stopping) {
      return;
    }
    if (vertx.deploymentIDs().contains(deploymentID())) {
      vertx.undeploy(deploymentID()).onFailure(failure ->
          LOG.debug("event=undeploy-failed deployment={} cause={}", deploymentID(), failure.toString()));
    } else if (((VertxInternal) vertx).deploymentManager().deployment(deploymentID()) != null) {
      vertx.setTimer(LOOK_AGAIN_MILLIS, again -> undeploy());
    }
  }

  @Override
  public final Future<?> stop() {
    // A job that fails from now on does so because its worker leaves.
    Throwable failedBefore = jobFailure;
    stopping = true;
    return worker.leave()
        .transform(left -> orDone(onStop()).compose(stopped -> left.failed()
            ? Future.failedFuture(left.cause()) : Future.succeededFuture()))
        .compose(stopped -> failedBefore == null ? Future.succeededFuture() : Future.failedFuture(failedBefore));
  }

  private static Future<?> orDone(Future<?> future) {
    return future == null ? Future.succeededFuture() : future;
  }

  /**
   * This worker's settings: the key {@code rpc} of the verticle's config.
   *
   * @throws ConfigException if they cannot work
   */
  protected RpcConfig rpcConfig() {
    return RpcConfig.from(config().getJsonObject(KEY, new JsonObject()));
  }

  /** The worker that this verticle is. */
  protected final RpcWorker worker() {
    return worker;
  }

  /** Before the join: open what the worker needs. Null is as good as a completed Future. */
  protected Future<?> onStart(RpcWorker created) {
    return Future.succeededFuture();
  }

  /** After the join, and part of the deployment. */
  protected Future<?> onJoined(Rpc rpc) {
    return Future.succeededFuture();
  }

  /** The verticle's job, begun after the deployment; null where it has none and serves until undeployed. */
  protected Future<?> onRun(Rpc rpc) {
    return null;
  }

  /** After the worker has gone: close what {@link #onStart} opened. */
  protected Future<?> onStop() {
    return Future.succeededFuture();
  }
}
