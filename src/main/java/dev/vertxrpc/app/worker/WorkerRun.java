package dev.vertxrpc.app.worker;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcVertx;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a worker's verticles on a clustered Vert.x. It is over when all of them have been undeployed,
 * when one has failed, or when it is stopped: by a signal, or by the end of standard input. Thread-safe.
 */
final class WorkerRun {
  /** For closing Vert.x and its cluster, on top of what leaving the group may take. */
  private static final long CLOSE_MILLIS = 5_000;
  private static final Logger LOG = LoggerFactory.getLogger(WorkerRun.class);

  private final RpcConfig config;
  private final Verticles verticles;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile boolean stopping;
  private Vertx vertx;

  WorkerRun(RpcConfig config, Verticles verticles) {
    this.config = config;
    this.verticles = verticles;
  }

  /** Returns when it is over; throws what a verticle failed with, unless it was being stopped. */
  void run(boolean stopOnEof) throws Exception {
    vertx = Rpc.await(RpcVertx.start(config));
    Thread hook = new Thread(this::stop, "vertx-rpc-leave");
    Runtime.getRuntime().addShutdownHook(hook);
    if (stopOnEof) {
      Thread eof = new Thread(this::awaitEndOfInput, "vertx-rpc-stdin");
      eof.setDaemon(true);
      eof.start();
    }
    verticles.deploy(vertx).compose(Future::all)
        .onSuccess(ended -> over.complete(null))
        .onFailure(over::completeExceptionally);
    try {
      over.get();
    } catch (ExecutionException failed) {
      if (!stopping && failed.getCause() instanceof Exception cause) {
        throw cause;
      }
    } finally {
      stop();
      forget(hook);
    }
  }

  /** Leaves the group and the cluster; waits until that is done, within a limit. */
  private synchronized void stop() {
    if (stopping) {
      return;
    }
    stopping = true;
    List<Future<Void>> left = vertx.deploymentIDs().stream().map(vertx::undeploy).toList();
    Future<?> closed = Future.join(left).eventually(vertx::close);
    try {
      closed.toCompletionStage().toCompletableFuture()
          .get(config.leaveTimeoutMs() + CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      LOG.debug("a verticle did not leave in good order", failed.getCause());
    } catch (TimeoutException tooLong) {
      LOG.warn("{} did not leave in time; its process ends all the same", config.name());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Whatever is written to it means nothing.
      }
    } catch (IOException broken) {
      LOG.debug("standard input broke", broken);
    }
    over.complete(null);
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // It runs, or has run.
    }
  }
}
