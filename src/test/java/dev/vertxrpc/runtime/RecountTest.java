package dev.vertxrpc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.simulation.Actions;
import dev.vertxrpc.simulation.Simulation;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.FrameType;
import dev.vertxrpc.wire.RefFrame;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Owner and holder come to agree on who holds what, although one of them was told something wrong. */
class RecountTest {
  private static final Duration LEASE = Duration.ofMillis(1_000);
  private static final int MANY = 2_500;
  private static final TypeReference<RRef<Integer>> REF = new TypeReference<>() { };

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

  private Fork unknown(long number) {
    long from = owner.rpc().self().incarnation();
    return new Fork(new RefId(from, number), new ForkId(from, number), from, from);
  }

  /** Long enough for several heartbeats. */
  private void letTimePass() {
    long end = simulation.clock().nanoTime() + 2 * LEASE.toNanos();
    simulation.runUntil(() -> simulation.clock().nanoTime() > end);
  }

  @Test
  void referencesThatWaitForTheirRoundAreNotRecounted() {
    List<Frame> recounts = new ArrayList<>();
    on(() -> {
      holder.placed().endpoint().receive(FrameType.RECOUNT, (from, recount) -> recounts.add(recount));
      return recounts;
    });
    RRef<Integer> value = on(() -> owner.rpc().own(1));
    Future<RRef<Integer>> mine = on(() -> owner.rpc().collectives().of(REF).broadcast("w0", value));
    // One for each participant.
    simulation.runUntil(() -> figure(owner, "forks") == 2);

    letTimePass();

    assertThat(recounts).isEmpty();
    Future<RRef<Integer>> theirs = on(() -> holder.rpc().collectives().of(REF).broadcast("w0", null));
    simulation.runUntil(() -> mine.isComplete() && theirs.isComplete());
    letTimePass();
    assertThat(recounts).isEmpty();
    assertThat(figure(owner, "forks")).isEqualTo(1);
    on(() -> {
      theirs.result().close();
      return theirs;
    });
    simulation.runUntil(() -> figure(owner, "forks") == 0);
  }

  @Test
  void aRecountOfVeryManyForksGoesInPortions() {
    List<RefFrame.Recount> recounts = new ArrayList<>();
    on(() -> {
      holder.placed().endpoint().<RefFrame.Recount>receive(FrameType.RECOUNT, (from, recount) -> recounts.add(recount));
      return owner.rpc().own(1);
    });
    on(() -> LongStream.range(0, MANY).mapToObj(number -> fork(1_000_000 + number))
        .map(fork -> holder.placed().endpoint().send(owner.rpc().self(), new RefFrame.Register(fork))).toList());

    simulation.runUntil(() -> recounts.stream().anyMatch(RefFrame.Recount::isLast));

    assertThat(recounts).extracting(recount -> recount.granted().size()).startsWith(1_000, 1_000, MANY - 2_000);
    assertThat(recounts).extracting(RefFrame.Recount::isLast).startsWith(false, false, true);
    assertThat(recounts.stream().limit(3).flatMap(recount -> recount.granted().stream()).distinct()).hasSize(MANY);
  }

  @Test
  void veryManyForksThatTheirHolderDoesNotHaveAreReclaimedInPortions() {
    List<RefFrame.Release> releases = new ArrayList<>();
    on(() -> {
      owner.placed().endpoint().<RefFrame.Release>receive(FrameType.RELEASE, (from, release) -> releases.add(release));
      return releases;
    });

    on(() -> owner.placed().endpoint().send(holder.rpc().self(), new RefFrame.Recount(
        LongStream.range(0, MANY).mapToObj(this::unknown).toList(), true)));

    simulation.runUntil(() -> releases.stream().mapToInt(release -> release.released().size()).sum() == MANY);
    assertThat(releases).extracting(release -> release.released().size())
        .containsExactly(1_000, 1_000, MANY - 2_000);
  }

  @Test
  void whatAnyPortionOfARecountNamesIsNotRegisteredAgain() {
    RRef<Integer> named = made();
    Fork fork = fork(numberOfItsFork());
    List<Frame> registers = new ArrayList<>();
    on(() -> {
      owner.placed().endpoint().receive(FrameType.REGISTER, (from, register) -> registers.add(register));
      owner.placed().endpoint().send(holder.rpc().self(), new RefFrame.Recount(List.of(fork), false));
      return owner.placed().endpoint().send(holder.rpc().self(), new RefFrame.Recount(List.of(), true));
    });

    letTimePass();

    assertThat(registers).isEmpty();
    assertThat(on(named::isConfirmed)).isTrue();
  }

  @Test
  void aForkThatIsRegisteredTwiceIsCountedOnce() {
    on(() -> owner.rpc().own(1));
    say(new RefFrame.Register(fork(1_000_000)));
    say(new RefFrame.Register(fork(1_000_000)));
    simulation.runUntil(() -> figure(owner, "forks") == 1);

    say(new RefFrame.Release(List.of(fork(1_000_000))));
    say(new RefFrame.Release(List.of(fork(1_000_000))));

    simulation.runUntil(() -> figure(owner, "forks") == 0);
    letTimePass();
    assertThat(figure(owner, "forks")).isZero();
  }

  /** However long ago it was released. */
  @Test
  void aValueOfTheOwnersMakingThatIsNotThereIsNotWaitedFor() {
    List<RefFrame.Registered> answers = new ArrayList<>();
    on(() -> {
      holder.placed().endpoint().<RefFrame.Registered>receive(FrameType.REGISTERED,
          (from, answer) -> answers.add(answer));
      return answers;
    });

    say(new RefFrame.Register(unknown(1_000_000)));

    simulation.runUntil(() -> answers.size() == 1);
    assertThat(answers.get(0).refusal()).get().asString().endsWith("was released");
    assertThat(figure(owner, "pendingOwners")).isZero();
  }

  @Test
  void aForkThatItsHolderDoesNotHaveIsReclaimed() {
    RRef<Integer> value = on(() -> owner.rpc().own(1));
    say(new RefFrame.Register(fork(1_000_000)));
    simulation.runUntil(() -> figure(owner, "forks") == 1);

    simulation.runUntil(() -> figure(owner, "forks") == 0);

    assertThat(on(value::localValue)).isEqualTo(1);
  }

  @Test
  void aForkThatItsOwnerHasForgottenIsRegisteredAgain() {
    RRef<Integer> value = made();
    long number = numberOfItsFork();
    say(new RefFrame.Register(fork(1_000_000)));
    simulation.runUntil(() -> figure(owner, "forks") == 2);
    say(new RefFrame.Release(List.of(fork(number))));

    simulation.runUntil(() -> figure(owner, "forks") == 1 && numberOfItsFork() == number);

    Future<Integer> there = on(value::toHere);
    simulation.runUntil(there::isComplete);
    assertThat(there.result()).isEqualTo(1);
  }

  @Test
  void aHandleWhoseValueIsGoneLearnsThat() {
    RRef<Integer> value = made();
    long number = numberOfItsFork();
    say(new RefFrame.Release(List.of(fork(number))));
    simulation.runUntil(() -> figure(owner, "owners") == 0);
    // It needs a reason to be asked.
    RRef<Integer> other = made();

    simulation.runUntil(() -> figure(holder, "users") == 1);

    assertThat(RpcFailure.of(on(value::toHere).cause())).isEqualTo(RpcFailure.REF_RELEASED);
    assertThat(on(other::isConfirmed)).isTrue();
  }
}
