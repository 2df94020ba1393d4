package dev.vertxrpc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.simulation.Actions;
import dev.vertxrpc.simulation.Simulation;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Owner and holder come to agree on who holds what, although one of them was told something wrong. */
class RecountTest {
  private static final Duration LEASE = Duration.ofMillis(1_000);

  private final Simulation simulation = new Simulation();
  private final List<RpcWorker> workers = simulation.group(2,
      new JsonObject().put("leaseMs", LEASE.toMillis()).put("blockedLoopMs", 3_600_000));
  private final RpcWorker owner = workers.get(0);
  private final RpcWorker holder = workers.get(1);

  @AfterEach
  void close() {
    List<Future<Void>> ends = new ArrayList<>();
    on(() -> ends.addAll(workers.stream().map(RpcWorker::close).toList()));
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    simulation.close();
  }

  private <T> T on(Supplier<T> work) {
    List<T> done = new ArrayList<>();
    simulation.run(() -> {
      done.add(work.get());
      return false;
    });
    return done.get(0);
  }

  private RRef<Integer> made() {
    RRef<Integer> made = on(() -> holder.rpc().on("w0").remote(Actions::echo, 1));
    simulation.runUntil(() -> made.confirmed().isComplete());
    return made;
  }

  private Fork fork(long number) {
    WorkerInfo to = owner.rpc().self();
    String[] id = owner.references().getJsonObject(0).getString("id").split("\\.");
    return new Fork(new RefId(Long.parseUnsignedLong(id[0], 16), Long.parseLong(id[1])),
        new ForkId(holder.rpc().self().incarnation(), number), to.incarnation(), holder.rpc().self().incarnation());
  }

  private long numberOfItsFork() {
    return Long.parseLong(owner.references().getJsonObject(0).getJsonArray("holders").getJsonObject(0)
        .getString("fork").split("\\.")[1]);
  }

  private void say(Frame frame) {
    on(() -> holder.placed().endpoint().send(owner.rpc().self(), frame));
  }

  private int figure(RpcWorker worker, String name) {
    return worker.debugInfo().getInteger(name);
  }

  @Test
  void aForkThatItsHolderDoesNotHaveIsReclaimed() {
    RRef<Integer> value = on(() -> owner.rpc().own(1));
    say(new Frame.Register(fork(1_000_000)));
    simulation.runUntil(() -> figure(owner, "forks") == 1);

    simulation.runUntil(() -> figure(owner, "forks") == 0);

    assertThat(on(value::localValue)).isEqualTo(1);
  }

  @Test
  void aForkThatItsOwnerHasForgottenIsRegisteredAgain() {
    RRef<Integer> value = made();
    long number = numberOfItsFork();
    say(new Frame.Register(fork(1_000_000)));
    simulation.runUntil(() -> figure(owner, "forks") == 2);
    say(new Frame.Release(List.of(fork(number))));

    simulation.runUntil(() -> figure(owner, "forks") == 1 && numberOfItsFork() == number);

    Future<Integer> there = on(value::toHere);
    simulation.runUntil(there::isComplete);
    assertThat(there.result()).isEqualTo(1);
  }

  @Test
  void aHandleWhoseValueIsGoneLearnsThat() {
    RRef<Integer> value = made();
    long number = numberOfItsFork();
    say(new Frame.Release(List.of(fork(number))));
    simulation.runUntil(() -> figure(owner, "owners") == 0);
    // It needs a reason to be asked.
    RRef<Integer> other = made();

    simulation.runUntil(() -> figure(holder, "users") == 1);

    assertThat(RpcFailure.of(on(value::toHere).cause())).isEqualTo(RpcFailure.REF_RELEASED);
    assertThat(on(other::isConfirmed)).isTrue();
  }
}
