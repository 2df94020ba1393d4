package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.cluster.ValueOps.Basket;
import dev.vertxrpc.testing.TestGroup;
import dev.vertxrpc.testing.Way;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What arrives of what is sent, of every kind of function and value. */
class ArgumentsAndResultsTest {
  private static final TestGroup GROUP = TestGroup.local(3);
  private static final RemoteWorker W1 = GROUP.rpc(0).on("w1");

  @AfterAll
  static void close() {
    GROUP.close();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T018")
  void aWorkersDescriptionComesBackEqual(Way way) {
    for (WorkerInfo each : GROUP.rpc(0).group().workers()) {
      assertThat(get(way.run(W1, ValueOps::same, each))).isEqualTo(each).hasSameHashCodeAs(each);
    }
  }

  @Test
  @Tag("T022")
  void objectsAndPrimitivesMayBeMixed() {
    assertThat(get(W1.call(ValueOps::moved, new Point(1, 2), 0.5, true, "x"))).isEqualTo(new Point(2, 2));
    assertThat(get(W1.call(ValueOps::moved, new Point(1, 2), 0.5, false, "y"))).isEqualTo(new Point(1, 2.5));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T023")
  void aResultHasTheSizeThatItHasLocally(Way way) {
    for (double[] values : List.of(new double[] {0, 3, 0, 4}, new double[4], new double[0])) {
      assertThat(get(way.run(W1, ValueOps::nonZero, values))).isEqualTo(ValueOps.nonZero(values));
    }
  }

  @Test
  @Tag("T058")
  void aConstructorsResultMayTravel() {
    assertThat(get(W1.call(Point::new, 1.0, 2.0))).isEqualTo(new Point(1, 2));
  }

  @Test
  @Tag("T060")
  void theStaticMethodOfAValuesClassIsAFunction() {
    assertThat(get(W1.call(Point::origin))).isEqualTo(new Point(0, 0));
  }

  @Test
  @Tag("T059")
  void theReceiverOfAMethodTravelsAsAnArgumentAndIsACopy() {
    Basket basket = new Basket();
    basket.add("apple");

    assertThatThrownBy(() -> W1.call(basket::add, "pear")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a reference to add is bound to one ValueOps.Basket, and objects do not travel");
    assertThatThrownBy(() -> W1.call(Basket::add, basket, "pear")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a method, and a worker has no object to call it on: call it on an RRef or a service, "
            + "or write a static method that takes the object");
    Basket changed = get(W1.call(ValueOps::added, basket, "pear"));

    assertThat(changed.fruit).containsExactly("apple", "pear");
    assertThat(basket.fruit).containsExactly("apple");
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T128")
  void aFutureIsRefusedAtTheCaller(Way way) {
    for (Future<Integer> future : List.of(Future.succeededFuture(1), W1.call(AsyncOps::add, 1, 2))) {
      RpcException refused = (RpcException) failure(way.run(W1, AsyncOps::take, future));

      assertThat(refused.failure()).isEqualTo(RpcFailure.CODEC);
      assertThat(refused.mayHaveRun()).isFalse();
      assertThat(refused).hasMessageStartingWith("argument 1 (io.vertx.core.Future<java.lang.Integer>): ")
          .hasMessageContaining("cannot travel: a Future stays where its value is made");
    }
  }

  @Test
  @Tag("T035")
  void eachWorkerOfARingGetsExactlyWhatItsPredecessorSends() {
    List<Future<Void>> handed = IntStream.range(0, 3)
        .mapToObj(rank -> GROUP.rpc(rank).on((rank + 1) % 3).call(ValueOps::hand, "from w" + rank)).toList();

    get(Future.all(handed));

    for (int rank = 0; rank < 3; rank++) {
      assertThat(ValueOps.handed(GROUP.rpc((rank + 1) % 3).self())).containsExactly("from w" + rank);
    }
  }
}
