package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwaitTest {
  private final TestGroup group = TestGroup.local(2);
  private final Callable<String> call = () -> Rpc.await(group.rpc(0).on("w1").call(Functions::self));

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  void refusesAnEventLoopWithAdvice() {
    assertThat(get(group.rpc(0).on("w1").call(Functions::awaitOnLoop)))
        .startsWith("Rpc.await on an event loop would block it: compose the Future instead");
  }

  @Test
  void waitsOnAPlainThread() {
    Promise<String> answer = Promise.promise();

    new Thread(() -> Future.<String>future(done -> done.complete(called())).onComplete(answer)).start();

    assertThat(get(answer.future())).isEqualTo("w1");
  }

  @Test
  void waitsOnThreadsOfExecuteBlocking() {
    assertThat(get(group.vertx(0).executeBlocking(call))).isEqualTo("w1");
    assertThat(get(group.vertx(0).executeBlocking(call, false))).isEqualTo("w1");
  }

  @Test
  void waitsInAWorkerVerticle() {
    Promise<String> answer = Promise.promise();
    VerticleBase verticle = new VerticleBase() {
      @Override
      public Future<?> start() {
        answer.complete(called() + " " + called());
        return Future.succeededFuture();
      }
    };

    get(group.vertx(0).deployVerticle(verticle, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));

    assertThat(get(answer.future())).isEqualTo("w1 w1");
  }

  @Test
  void waitsInABlockingFunction() {
    assertThat(get(group.rpc(0).on("w1").call(Ops::via, "w0", "ada"))).isEqualTo("hello ada from w0");
  }

  private String called() {
    try {
      return call.call();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
