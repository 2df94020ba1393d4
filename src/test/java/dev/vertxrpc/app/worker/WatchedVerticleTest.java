package dev.vertxrpc.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WatchedVerticleTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void endsWhenTheVerticleUndeploysItself() throws Exception {
    WatchedVerticle watched = new WatchedVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        vertx.setTimer(1, fired -> vertx.undeploy(deploymentID()));
        return Future.succeededFuture();
      }
    });

    vertx.deployVerticle(watched).await(10, TimeUnit.SECONDS);
    watched.ended().await(10, TimeUnit.SECONDS);

    assertThat(watched.ended().succeeded()).isTrue();
  }

  @Test
  void failsAsTheUndeploymentFailed() throws Exception {
    WatchedVerticle watched = new WatchedVerticle(new VerticleBase() {
      @Override
      public Future<?> stop() {
        throw new IllegalStateException("the job failed");
      }
    });
    String id = vertx.deployVerticle(watched).await(10, TimeUnit.SECONDS);

    vertx.undeploy(id);
    watched.ended().otherwiseEmpty().await(10, TimeUnit.SECONDS);

    assertThat(watched.ended().cause()).hasMessage("the job failed");
  }
}
