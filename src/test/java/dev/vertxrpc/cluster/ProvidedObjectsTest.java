package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Remote;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.call.ApplicationObjects;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What static functions find on the worker they run on. */
class ProvidedObjectsTest {
  private final TestGroup group = TestGroup.local(2, new JsonObject(), (worker, rank) -> {
    if (rank == 1) {
      worker.provide(BigInteger.class, BigInteger.TEN).serve(Desk.class, new LocalDesk("w1's"))
          .serve(Runnable.class, "named", () -> { });
    }
  });

  /** Functions that need more than their arguments. */
  @Remote
  public static final class Lookups {
    private Lookups() {}

    public static BigInteger provided() {
      return CallContext.current().get(BigInteger.class);
    }

    public static String served() {
      return CallContext.current().get(Desk.class).label();
    }

    public static void named() {
      CallContext.current().get(Runnable.class);
    }
  }

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  void findsWhatIsProvidedAndWhatIsServed() {
    assertThat(get(group.rpc(0).on(1).call(Lookups::provided))).isEqualTo(BigInteger.TEN);
    assertThat(get(group.rpc(0).on(1).call(Lookups::served))).isEqualTo("w1's");
  }

  @Test
  void saysWhatToDoWhereThereIsNone() {
    RpcException none = (RpcException) failure(group.rpc(0).on(0).call(Lookups::provided));

    assertThat(none.remoteError().orElseThrow()).hasToString("java.lang.IllegalStateException: this worker provides and"
        + " serves no java.math.BigInteger: call provide(BigInteger.class, ...) before join()");
    assertThat(failure(group.rpc(0).on(1).call(Lookups::named))).hasMessageContaining("provides and serves no");
  }

  @Test
  void doesNotServeWhatIsProvided() {
    assertThat(group.rpc(1).self().roles()).containsExactlyInAnyOrder(Desk.class.getName(), "java.lang.Runnable/named");
    assertThat(RpcFailure.of(failure(group.rpc(0).service(Comparable.class).call(Object::hashCode))))
        .isEqualTo(RpcFailure.NO_SUCH_WORKER);
  }

  @Test
  void refusesWhatCannotBeServedOrProvided() {
    ApplicationObjects objects = new ApplicationObjects();
    objects.serve(Desk.class, "", new LocalDesk("one"));
    objects.provide(BigInteger.class, BigInteger.ONE);

    assertThatThrownBy(() -> objects.serve(LocalDesk.class, "", new LocalDesk("x")))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is no interface");
    assertThatThrownBy(() -> objects.serve(Desk.class, "", new LocalDesk("two"))).hasMessage("an object is served as "
        + Desk.class.getName() + " already; give one of them another name");
    assertThatThrownBy(() -> objects.serve(Desk.class, "null", null)).hasMessage("the object is null, expected a "
        + Desk.class.getName());
    assertThatThrownBy(() -> objects.provide(BigInteger.class, BigInteger.TWO))
        .hasMessage("an object is provided as java.math.BigInteger already");
    assertThatThrownBy(() -> group.worker(0).provide(BigInteger.class, BigInteger.TEN))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("provide() comes before join()");
  }
}
