package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In which order, and how many at a time, functions and methods start. */
class TurnsOfMethodsTest {
  private final TestGroup group = TestGroup.local(3);
  private final Rpc rpc = group.rpc(0);

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  void noUpdateOfManyCallersIsLost() {
    int each = 300;
    RRef<Counter> counter = rpc.on("w1").create(Counter::new, 0);
    List<Future<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      calls.add(counter.call(Counter::add, 1));
      calls.add(rpc.on("w2").call(RefOps::addThere, counter, 1));
    }
    calls.forEach(TestGroup::get);

    assertThat(get(counter.call(Counter::get))).isEqualTo(2 * each);
    counter.close();
  }

  @Test
  void oneMethodOfAnObjectRunsAtATime() {
    try (RRef<Meeting> meeting = rpc.on("w1").create(Meeting::new)) {
      List<Future<Integer>> calls = IntStream.range(0, 200)
          .mapToObj(i -> meeting.call(Meeting::alone)).toList();

      assertThat(calls).allSatisfy(call -> assertThat(get(call)).isEqualTo(1));
    }
  }

  @Test
  void concurrentMethodsDoNotWaitForEachOther() {
    try (RRef<Meeting> meeting = rpc.on("w1").create(Meeting::new)) {
      Future<Void> first = meeting.call(Meeting::meet);
      Future<Void> second = meeting.call(Meeting::meet);

      get(first);
      get(second);
    }
  }

  @Test
  void methodsOfOneObjectStartInTheOrderOfOneCaller() {
    try (RRef<Counter> counter = rpc.on("w1").create(Counter::new, 0)) {
      List<Future<Integer>> calls = IntStream.range(0, 200)
          .mapToObj(i -> counter.call(Counter::add, 1)).toList();

      assertThat(calls.stream().map(TestGroup::get)).isEqualTo(IntStream.rangeClosed(1, 200).boxed().toList());
    }
  }

  @Test
  void eventLoopFunctionsStartInOrderEvenWhenOneWaitsForAReference() {
    String log = Gates.name();
    try (RRef<Counter> far = rpc.on("w2").create(Counter::new, 0)) {
      List<Future<Void>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        // The reference has to be confirmed by w2 before its function may start on w1.
        calls.add(i % 4 == 0 ? rpc.on("w1").call(RefOps::noteWith, log, i, far)
            : rpc.on("w1").call(RefOps::note, log, i));
      }
      calls.forEach(TestGroup::get);

      assertThat(RefOps.notes(log)).isEqualTo(IntStream.range(0, 40).boxed().toList());
    }
  }
}
