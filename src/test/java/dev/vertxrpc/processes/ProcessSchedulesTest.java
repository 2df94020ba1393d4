package dev.vertxrpc.processes;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.processes.Pockets.Contents;
import dev.vertxrpc.processes.Pockets.Use;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * References under random schedules of four processes in a Hazelcast cluster, of which in each schedule one is killed,
 * frozen for longer than its lease, or frozen for less. No value is freed while somebody who lives holds a handle to
 * it; every Future completes once; when all handles are closed no worker keeps anything; who was frozen for too long
 * learns that its handles are void; and a worker that comes back under an old name is not reached by old handles.
 *
 * <p>{@code -Dschedules=20} runs so many, {@code -Dseed=} makes its choices again, as far as the processes
 * keep the same time.
 */
class ProcessSchedulesTest {
  private static final int SCHEDULES = Integer.getInteger("schedules", 3);
  private static final int STEPS = 80;
  private static final int MOST_UNDER_WAY = 12;
  /** What something may fail with when a worker is gone. */
  private static final Set<RpcFailure> LOSSES = EnumSet.of(RpcFailure.OWNER_LOST, RpcFailure.WORKER_LOST,
      RpcFailure.WORKER_LEFT, RpcFailure.NO_SUCH_WORKER, RpcFailure.REF_RELEASED, RpcFailure.REMOTE);
  /** What handles fail with at a worker that was taken for lost; NO_SUCH_WORKER where it has only now asked for one. */
  private static final Set<String> VOID = Set.of("OWNER_LOST", "NOT_JOINED", "NO_SUCH_WORKER");

  private enum Fault { KILL, LONG_FREEZE, SHORT_FREEZE }

  /** A handle that a worker holds, to the value of that number. */
  private record Handle(int number, String holder, int value) {}

  /** What the driver has asked for, and the handles that there are if it succeeds. */
  private record Asked(String what, Future<?> future, List<Handle> made, AtomicInteger endings) {}

  private final List<Asked> underWay = new ArrayList<>();
  private final List<Asked> over = new ArrayList<>();
  private final List<Handle> handles = new ArrayList<>();
  /** By handle, the number of the value that it is to. */
  private final Map<Integer, Integer> values = new HashMap<>();
  /** Who was to have the value of that number made. */
  private final Map<Integer, Long> creators = new HashMap<>();
  private final Set<Long> gone = new HashSet<>();
  private Processes processes;
  private Random random;
  private int numbers;

  @Test
  void noValueGoesTooEarlyOrStaysForEver() {
    long seed = Long.getLong("seed", System.nanoTime());
    random = new Random(seed);
    System.out.println(SCHEDULES + " schedules of processes, -Dseed=" + seed);
    Fault[] faults = Fault.values();
    int first = random.nextInt(faults.length);
    int schedule = 0;
    try (Processes started = new Processes("w1", "w2", "w3")) {
      processes = started;
      for (; schedule < SCHEDULES; schedule++) {
        run(faults[(first + schedule) % faults.length]);
      }
    } catch (Throwable broken) {
      if (processes != null) {
        processes.printOutput();
      }
      throw new AssertionError("schedule " + schedule + " of seed " + seed + ": replay with -Dseed=" + seed
          + " -Dschedules=" + (schedule + 1), broken);
    }
  }

  private void run(Fault fault) {
    List.of(underWay, over, handles).forEach(List::clear);
    values.clear();
    creators.clear();
    String victim = processes.children().get(random.nextInt(processes.children().size()));
    int when = STEPS / 4 + random.nextInt(STEPS / 2);
    System.out.println(fault + " of " + victim + " at step " + when);
    // Something with each of them that lasts, so that a silent one is noticed.
    processes.names().forEach(name -> create(Processes.DRIVER, name));
    List<Handle> lasting = settle();
    handles.removeAll(lasting);
    long before = processes.incarnation(victim);
    WorkerInfo known = processes.rpc().group().worker(victim).orElseThrow();
    for (int i = 0; i < STEPS; i++) {
      if (i == when) {
        begin(fault, victim);
      }
      step(fault != Fault.SHORT_FREEZE && i >= when ? victim : "");
    }
    boolean isGone = fault != Fault.SHORT_FREEZE;
    if (isGone) {
      processes.awaitLoss(known);
      gone.add(before);
      end(fault, victim);
      processes.start(List.of(victim));
      assertThat(processes.incarnation(victim)).isNotEqualTo(before);
      assertThat(get(processes.rpc().on(known).call(Pockets::figures).transform(Future::succeededFuture)).cause())
          .as("a call to who was %s before", victim).isNotNull();
    }
    settle();
    if (isGone) {
      // Those included that it was given before those who gave them had heard of its end.
      handles.removeIf(handle -> handle.holder().equals(victim));
    }
    handles.addAll(lasting);
    assertOutcomes(isGone);
    assertEveryHolderCanUseItsHandles(isGone);
    processes.names().forEach(name -> get(processes.rpc().on(name).call(Pockets::closeAll)));
    processes.awaitNothingIsKept();
  }

  private void begin(Fault fault, String victim) {
    switch (fault) {
      case KILL -> processes.child(victim).kill();
      case LONG_FREEZE -> processes.child(victim).freeze();
      case SHORT_FREEZE -> processes.freezeShortly(victim);
    }
  }

  private void end(Fault fault, String victim) {
    WorkerProcess process = processes.child(victim);
    if (fault == Fault.LONG_FREEZE) {
      process.thaw();
      String failures = get(process.evicted());
      assertThat(failures.isEmpty() ? List.of() : List.of(failures.split(" ")))
          .as("what the handles of %s fail with, which was frozen for too long", victim).allMatch(VOID::contains);
      assertThat(get(process.ended())).isZero();
    } else {
      get(process.ended());
    }
  }

  // ---- the steps

  private void step(String dead) {
    while (underWay.size() >= MOST_UNDER_WAY) {
      get(underWay.get(0).future().otherwiseEmpty());
      absorb();
    }
    absorb();
    List<Handle> usable = handles.stream().filter(handle -> !handle.holder().equals(dead)).toList();
    if (usable.isEmpty() || random.nextInt(5) == 0) {
      create(anyone(), anyone());
      return;
    }
    Handle handle = usable.get(random.nextInt(usable.size()));
    String to = anyone();
    switch (random.nextInt(9)) {
      case 0, 1 -> {
        Handle theirs = made(to, handle.value());
        ask("share", handle, theirs, call -> call.call(Pockets::share, handle.number(), to, theirs.number()));
      }
      case 2 -> shareBoth(handle, usable, to);
      case 3 -> {
        String by = anyone();
        Handle theirs = made(to, handle.value());
        ask("forward by " + by, handle, theirs, call ->
            call.call(Pockets::forward, handle.number(), by, to, theirs.number()));
      }
      case 4 -> take(handle, to);
      case 5, 6 -> ask("use", handle, null, call -> call.call(Pockets::use, handle.number()));
      default -> {
        handles.remove(handle);
        ask("close", handle, null, call -> call.call(Pockets::close, handle.number()));
      }
    }
  }

  private String anyone() {
    return processes.names().get(random.nextInt(processes.names().size()));
  }

  private Handle made(String holder, int value) {
    Handle handle = new Handle(numbers++, holder, value);
    values.put(handle.number(), value);
    return handle;
  }

  private void create(String holder, String owner) {
    int value = numbers++;
    Handle handle = made(holder, value);
    creators.put(value, processes.incarnation(holder));
    ask("create on " + owner, handle, handle, call -> holder.equals(owner)
        ? call.call(Pockets::own, handle.number(), value)
        : call.call(Pockets::create, handle.number(), value, owner));
  }

  private void shareBoth(Handle handle, List<Handle> usable, String to) {
    usable.stream().filter(other -> other.holder().equals(handle.holder()) && other != handle).findFirst()
        .ifPresent(other -> {
          Handle theirs = made(to, handle.value());
          Handle theirOther = made(to, other.value());
          ask("share " + handle + " and " + other + " with " + to, processes.rpc().on(handle.holder())
              .call(Pockets::shareBoth, handle.number(), other.number(), to, theirs.number(), theirOther.number()),
              List.of(theirs, theirOther));
        });
  }

  // Nobody closes the handle meanwhile: that might come first, on another way.
  private void take(Handle handle, String taker) {
    handles.remove(handle);
    Handle theirs = made(taker, handle.value());
    ask("take " + handle + " to " + taker, processes.rpc().on(taker).call(Pockets::take, handle.holder(),
        handle.number(), theirs.number()), List.of(theirs, handle));
  }

  private void ask(String what, Handle handle, Handle made,
                   Function<RemoteWorker, Future<?>> call) {
    ask(what + " " + handle, call.apply(processes.rpc().on(handle.holder())), made == null ? List.of() : List.of(made));
  }

  private void ask(String what, Future<?> future, List<Handle> made) {
    Asked asked = new Asked(what, future, made, new AtomicInteger());
    future.onComplete(done -> asked.endings().incrementAndGet());
    underWay.add(asked);
  }

  /** Takes note of what is over. */
  private void absorb() {
    List<Asked> done = underWay.stream().filter(asked -> asked.future().isComplete()).toList();
    underWay.removeAll(done);
    over.addAll(done);
    done.stream().filter(asked -> asked.future().succeeded()).forEach(asked -> handles.addAll(asked.made()));
  }

  /** Waits until everything is over; the handles that there are then. */
  private List<Handle> settle() {
    underWay.forEach(asked -> get(asked.future().otherwiseEmpty()));
    absorb();
    return List.copyOf(handles);
  }

  // ---- what must hold

  private void assertOutcomes(boolean isGone) {
    for (Asked asked : over) {
      assertThat(asked.endings()).as("endings of " + asked.what()).hasValue(1);
      Throwable cause = asked.future().cause();
      if (cause != null) {
        assertThat(isGone && LOSSES.contains(RpcFailure.of(cause))).as("%s may not fail with %s", asked.what(), cause)
            .isTrue();
        assertThat(cause).hasMessageNotContaining("no handle ");
      }
    }
  }

  private void assertEveryHolderCanUseItsHandles(boolean isGone) {
    Map<Long, Contents> contents = new HashMap<>();
    processes.names().forEach(name -> contents.put(processes.incarnation(name),
        get(processes.rpc().on(name).call(Pockets::contents))));
    Set<Integer> found = new HashSet<>();
    contents.forEach((holder, content) -> content.uses().forEach(use -> {
      found.add(use.handle());
      if (use.failure().isEmpty()) {
        assertThat(use.number()).as("number of the value of %s", use).isEqualTo(values.get(use.handle()));
        assertThat(contents).as("who lives, and %s", use).containsKey(use.owner());
      } else {
        assertThat(isGone && LOSSES.contains(RpcFailure.valueOf(use.failure()))).as("%s may not fail", use).isTrue();
        assertThat(!contents.containsKey(use.owner()) || wasNeverMade(use, contents.get(use.owner())))
            .as("%s, whose owner lives, may not fail", use).isTrue();
      }
    }));
    assertThat(handles).as("handles that nobody has").filteredOn(handle -> !found.contains(handle.number())).isEmpty();
  }

  // Who was to have it made may have died before it had said so to the owner.
  private boolean wasNeverMade(Use use, Contents owner) {
    int value = values.get(use.handle());
    return gone.contains(creators.get(value)) && !owner.made().contains(value);
  }
}
