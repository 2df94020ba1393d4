package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.cluster.Ops;
import dev.vertxrpc.ref.Refs;
import dev.vertxrpc.testing.Logged;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.RefFrame;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A value that is still held elsewhere when all have released what they held. */
class LeakTest {
  private final Workers workers = new Workers();
  private final Logged log = new Logged(Refs.class.getName());

  @AfterEach
  void close() {
    log.close();
    workers.close();
  }

  /** The shutdown of the owner of a value which w0 has, as far as the owner knows, and w0 knows nothing of. */
  private Future<Void> shutdownWithLeak(JsonObject settings) {
    // With leases so long that the two do not find out meanwhile.
    JsonObject config = Workers.size(2).put("leaseMs", 3_600_000).mergeIn(settings);
    RpcWorker holder = workers.create("w0", config.copy().put("rank", 0));
    RpcWorker owner = workers.create("w1", config.copy().put("rank", 1));
    Future<?> joined = holder.join();
    get(owner.join());
    get(joined);
    RRef<Counter> value = owner.rpc().own(new Counter(1));
    WorkerInfo to = owner.rpc().self();
    long self = holder.rpc().self().incarnation();
    String number = owner.references().getJsonObject(0).getString("id").split("\\.")[1];
    Fork fork = new Fork(new RefId(to.incarnation(), Long.parseLong(number)), new ForkId(self, 1_000_000),
        to.incarnation(), self);
    holder.placed().endpoint().send(to, new RefFrame.Register(fork));
    get(holder.rpc().on("w1").call(Ops::greet, "behind it"));
    assertThat(value.isOwner()).isTrue();

    Future<Void> others = holder.shutdown();
    Future<Void> shutdown = owner.shutdown();
    get(others);
    return shutdown;
  }

  @Test
  @Tag("T098")
  void isWarnedOf() {
    get(shutdownWithLeak(new JsonObject()));

    assertThat(log.with("event=reference-left worker=w1")).singleElement().satisfies(event ->
        assertThat(event.getFormattedMessage()).contains(Counter.class.getName(), "\"worker\":\"w0\"", "\"ageMs\":"));
    workers.assertNothingIsLeft();
  }

  @Test
  void failsTheShutdownWhereThatIsWanted() {
    Throwable leak = failure(shutdownWithLeak(new JsonObject().put("failOnLeak", true)));

    assertThat(leak).hasMessageStartingWith("shutdown of w1 (rank 1) failed in phase release: values that w1 keeps "
        + "are still held: {").hasMessageContainingAll(Counter.class.getName(), "\"worker\":\"w0\"");
    workers.assertNothingIsLeft();
  }

  @Test
  void isNothingThatAWorkerHeldWhichIsGone() {
    RpcWorker owner = workers.create("w0", new JsonObject().put("failOnLeak", true));
    get(owner.join());
    RpcWorker other = workers.join("w1");
    RpcWorker gone = workers.join("w2");
    RRef<Counter> held = gone.rpc().on("w0").create(Counter::new, 1);
    get(held.confirmed());
    get(gone.close());
    assertThat(held.isOwner()).isFalse();
    get(owner.placed().timers().until(() -> List.of(owner, other).stream()
        .allMatch(each -> each.rpc().group().worker("w2").isEmpty()), Duration.ofMillis(5), Duration.ofSeconds(10),
        () -> new AssertionError("w2 is still a member"), owner.ended()));
    assertThat(owner.debugInfo().getInteger("owners")).isEqualTo(1);

    Future<Void> others = other.shutdown();
    get(owner.shutdown());
    get(others);

    assertThat(log.with("event=reference-left")).isEmpty();
    workers.assertNothingIsLeft();
  }
}
