package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.TestGroup;
import dev.vertxrpc.testing.Way;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Methods of a value, called through a reference to it or through an interface of it. Static methods belong to no
 * value: they are called on its owner.
 */
class ReferenceCallsTest {
  private static final TestGroup GROUP = TestGroup.local(2);
  private static final Rpc RPC = GROUP.rpc(0);
  private static final List<String> OWNERS = List.of("w0", "w1");

  /** What may be called on a tally. */
  public interface Tallying {
    int add(int by);

    Future<Integer> addLater(int by);

    void reset();
  }

  /** One that does more than tallies can. */
  public interface Missing {
    int subtract(int by);

    Future<Integer> subtractLater(int by);
  }

  /** Counts; its methods take turns. */
  @Remote
  public static final class Tally implements Tallying {
    private int total;

    public Tally(int start) {
      total = start;
    }

    @Override
    public int add(int by) {
      total += by;
      return total;
    }

    @Override
    public Future<Integer> addLater(int by) {
      return Future.succeededFuture(add(by));
    }

    @Override
    public void reset() {
      total = 0;
    }

    public static int unit() {
      return 1;
    }

    public static Future<Integer> unitLater() {
      return Future.succeededFuture(1);
    }
  }

  /** Functions of tallies elsewhere. */
  @Remote
  public static final class Tallies {
    private Tallies() {}

    public static Future<Integer> add(RRef<Tally> tally, int by) {
      return tally.call(Tally::add, by).onComplete(done -> tally.close());
    }
  }

  @AfterAll
  static void close() {
    GROUP.close();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T008")
  @Tag("T009")
  @Tag("T010")
  void runOnTheValueWhereverItIs(Way way) {
    for (String owner : OWNERS) {
      try (RRef<Tally> tally = RPC.on(owner).create(Tally::new, 5)) {
        assertThat(get(way.run(() -> tally.call(Tally::add, 1), () -> tally.remote(Tally::add, 1)))).isEqualTo(6);
        assertThat(get(way.run(() -> tally.call(Tally::add, 2), () -> tally.remote(Tally::add, 2)))).isEqualTo(8);
        assertThat(get(way.run(() -> tally.call(Tally::addLater, 3), () -> tally.remote(Tally::addLater, 3))))
            .isEqualTo(11);
      }
    }
  }

  @Test
  @Tag("T008")
  @Tag("T009")
  @Tag("T010")
  void runThroughAnInterfaceOfTheValueToo() {
    for (String owner : OWNERS) {
      try (RRef<Tally> tally = RPC.on(owner).create(Tally::new, 5)) {
        Tallying proxy = tally.proxy(Tallying.class);

        assertThat(proxy.add(1)).isEqualTo(6);
        assertThat(get(proxy.addLater(2))).isEqualTo(8);
        proxy.reset();
        assertThat(proxy.add(1)).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T011")
  @Tag("T012")
  void changeTheValueForWhoeverCallsNext(Way way) {
    for (String owner : OWNERS) {
      try (RRef<Tally> tally = RPC.on(owner).create(Tally::new, 5)) {
        get(way.run(() -> tally.call(Tally::add, 1), () -> tally.remote(Tally::add, 1)));
        assertThat(get(RPC.on("w1").call(Tallies::add, tally, 1))).isEqualTo(7);

        assertThat(get(tally.call(Tally::reset))).isNull();

        assertThat(get(tally.call(Tally::add, 0))).isZero();
        assertThat(get(way.run(() -> RPC.on(tally.owner()).call(Tally::unit),
            () -> RPC.on(tally.owner()).remote(Tally::unit)))).isEqualTo(1);
      }
    }
  }

  @Test
  @Tag("T147")
  void giveWhatTheirFutureGives() {
    for (String owner : OWNERS) {
      try (RRef<Tally> tally = RPC.on(owner).create(Tally::new, 5)) {
        int later = Rpc.await(tally.call(Tally::addLater, 1));
        int viaProxy = Rpc.await(tally.proxy(Tallying.class).addLater(1));
        int unit = Rpc.await(RPC.on(tally.owner()).call(Tally::unitLater));

        assertThat(List.of(later, viaProxy, unit)).containsExactly(6, 7, 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T007")
  @SuppressWarnings({"unchecked", "rawtypes"}) // The compiler would not let it through.
  void failInTheFutureWhereTheValueHasNoSuchMethod(Way way) {
    for (String owner : OWNERS) {
      try (RRef tally = RPC.on(owner).create(Tally::new, 5)) {
        RRef<Missing> lie = tally;

        Future<Integer> call = way.run(() -> lie.call(Missing::subtract, 1), () -> lie.remote(Missing::subtract, 1));
        Future<Integer> proxied = lie.proxy(Missing.class).subtractLater(1);

        assertThat(RpcFailure.of(failure(call))).isEqualTo(RpcFailure.NO_SUCH_FUNCTION);
        assertThat(failure(call)).hasMessageContaining("subtract").hasMessageContaining(Tally.class.getName());
        assertThat(RpcFailure.of(failure(proxied))).isEqualTo(RpcFailure.NO_SUCH_FUNCTION);
        assertThatThrownBy(() -> lie.proxy(Missing.class).subtract(1))
            .satisfies(thrown -> assertThat(RpcFailure.of(thrown)).isEqualTo(RpcFailure.NO_SUCH_FUNCTION));
      }
    }
  }
}
