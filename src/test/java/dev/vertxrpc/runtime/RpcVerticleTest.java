package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Rpc;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RpcVerticleTest {
  private static final DeploymentOptions OPTIONS = new DeploymentOptions().setConfig(
      new JsonObject().put("rpc", new JsonObject().put("name", "w0").put("worldSize", 1)));

  private final Workers workers = new Workers();
  private final Job job = new Job();

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void runsItsStepsInTheirOrderAndUndeploysWhenTheJobIsDone() {
    get(workers.vertx.deployVerticle(job, OPTIONS));
    assertThat(job.steps).containsExactly("start", "joined w0", "run");

    job.work.complete();

    get(job.stopped.future());
    get(job.worker().ended());
    assertThat(job.steps).containsExactly("start", "joined w0", "run", "stop");
    workers.assertNothingIsLeft();
  }

  @Test
  void takesAFreeNameForEachOfSeveralInstances() {
    JsonObject rpc = new JsonObject().put("name", "w-*").put("worldSize", 3);

    String deployment = get(workers.vertx.deployVerticle(Instance.class.getName(), new DeploymentOptions()
        .setInstances(3).setConfig(new JsonObject().put("rpc", rpc))));

    assertThat(Instance.NAMES).containsExactlyInAnyOrder("w-0", "w-1", "w-2");
    get(workers.vertx.undeploy(deployment));
    workers.assertNothingIsLeft();
  }

  @Test
  void leavesWhenItIsUndeployedBeforeTheJobIsDone() {
    String deployment = get(workers.vertx.deployVerticle(job, OPTIONS));

    get(workers.vertx.undeploy(deployment));

    assertThat(job.steps).endsWith("run", "stop");
    workers.assertNothingIsLeft();
  }

  @Test
  void failsTheDeploymentWhenItsStartFails() {
    job.onStart = () -> Future.failedFuture("no database");

    assertThat(failure(workers.vertx.deployVerticle(job, OPTIONS))).hasMessage("no database");

    assertThat(job.steps).containsExactly("start", "stop");
    workers.assertNothingIsLeft();
  }

  @Test
  void failsTheDeploymentAndLeavesWhenItFailsOnceJoined() {
    job.onJoined = () -> Future.failedFuture("no data");

    assertThat(failure(workers.vertx.deployVerticle(job, OPTIONS))).hasMessage("no data");

    assertThat(job.steps).containsExactly("start", "joined w0", "stop");
    workers.assertNothingIsLeft();
  }

  @Test
  void failsTheDeploymentWhenAStepThrows() {
    job.onStart = () -> {
      throw new IllegalStateException("thrown");
    };

    assertThat(failure(workers.vertx.deployVerticle(job, OPTIONS))).hasMessage("thrown");

    workers.assertNothingIsLeft();
  }

  @Test
  void failsTheUndeploymentAsTheJobFailed() {
    String deployment = get(workers.vertx.deployVerticle(job, OPTIONS));
    Promise<Void> undeployed = Promise.promise();

    // Before the worker's end, which the job's failure begins, undeploys it.
    job.onContext(() -> {
      job.work.fail("the job failed");
      job.onContext(() -> workers.vertx.undeploy(deployment).onComplete(undeployed));
    });

    assertThat(failure(undeployed.future())).hasMessage("the job failed");
    workers.assertNothingIsLeft();
  }

  @Test
  void tellsTheOthersThatItsJobFailed() {
    RpcWorker other = workers.join("other");
    get(workers.vertx.deployVerticle(job, new DeploymentOptions().setConfig(new JsonObject()
        .put("rpc", new JsonObject().put("name", "w0").put("leaveTimeoutMs", 100)))));
    Future<Void> pending = other.rpc().on("w0").call(Functions::never);

    job.work.fail("the disk is full");

    assertThat(failure(pending)).hasMessageContaining("it left the group, because the disk is full");
  }

  @Test
  void takesAJobThatThrowsForOneThatFailed() {
    job.onRun = () -> {
      throw new IllegalStateException("thrown");
    };

    get(workers.vertx.deployVerticle(job, OPTIONS));

    get(job.stopped.future());
    get(job.worker().ended());
    workers.assertNothingIsLeft();
  }

  /** Notes its name. */
  public static final class Instance extends RpcVerticle {
    private static final List<String> NAMES = new CopyOnWriteArrayList<>();

    @Override
    protected Future<?> onJoined(Rpc rpc) {
      NAMES.add(rpc.self().name());
      return null;
    }
  }

  /** Notes its steps. */
  private static final class Job extends RpcVerticle {
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final Promise<Void> work = Promise.promise();
    private final Promise<Void> stopped = Promise.promise();
    private Supplier<Future<?>> onStart = Future::succeededFuture;
    private Supplier<Future<?>> onJoined = Future::succeededFuture;
    private Supplier<Future<?>> onRun = work::future;

    @Override
    protected Future<?> onStart(RpcWorker created) {
      steps.add("start");
      return onStart.get();
    }

    @Override
    protected Future<?> onJoined(Rpc rpc) {
      steps.add("joined " + rpc.self().name());
      return onJoined.get();
    }

    @Override
    protected Future<?> onRun(Rpc rpc) {
      steps.add("run");
      return onRun.get();
    }

    @Override
    protected Future<?> onStop() {
      steps.add("stop");
      stopped.complete();
      return Future.succeededFuture();
    }

    private void onContext(Runnable task) {
      context.runOnContext(now -> task.run());
    }
  }
}
