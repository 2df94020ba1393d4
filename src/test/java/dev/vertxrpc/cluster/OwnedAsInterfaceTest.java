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
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values without a line of ours in their classes, handed out as an interface, and proxies of RRefs. */
class OwnedAsInterfaceTest {
  private final TestGroup group = TestGroup.local(2);

  /** What the other worker does with what it is handed. */
  @Remote
  public static final class Visitor {
    private Visitor() {}

    public static String visit(RRef<Desk> desk) {
      try (desk) {
        Desk there = desk.proxy(Desk.class);
        Rpc.await(there.note(4));
        return there.label() + " " + there.reversed(List.of(1, 2)) + " " + Rpc.await(desk.call(Desk::sign));
      }
    }

    public static RpcFailure openDrawer(RRef<LocalDesk> desk) {
      try (desk) {
        return failureOf(desk.call(LocalDesk::drawer));
      }
    }

    public static RpcFailure print(RRef<Desk> desk) {
      try (desk) {
        return failureOf(desk.call(Object::toString));
      }
    }

    private static RpcFailure failureOf(Future<?> call) {
      return Rpc.await(call.transform(done -> Future.succeededFuture(RpcFailure.of(done.cause()))));
    }
  }

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  void hasTheMethodsOfTheInterfaceCalled() {
    LocalDesk mine = new LocalDesk("mine");
    try (RRef<Desk> desk = group.rpc(0).own(Desk.class, mine)) {
      assertThat(get(group.rpc(0).on("w1").call(Visitor::visit, desk))).isEqualTo("mine [2, 1] desk mine");
      assertThat(mine.noted).containsExactly(4);
      assertThat(get(desk.call(Desk::label))).isEqualTo("mine");
      assertThat(desk.localValue()).isSameAs(mine);
    }
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"}) // Somebody who lies about the type.
  void hasNothingElseCalled() {
    try (RRef desk = group.rpc(0).own(Desk.class, new LocalDesk("mine"))) {
      assertThat(get(group.rpc(0).on("w1").call(Visitor::openDrawer, (RRef<LocalDesk>) desk)))
          .isEqualTo(RpcFailure.NO_SUCH_FUNCTION);
      assertThat(get(group.rpc(0).on("w1").call(Visitor::print, (RRef<Desk>) desk))).isEqualTo(RpcFailure.NOT_EXPOSED);
    }
  }

  @Test
  void withoutAnInterfaceOnlyWhatIsRemoteIsCalled() {
    try (RRef<LocalDesk> desk = group.rpc(0).own(new LocalDesk("mine"))) {
      assertThat(RpcFailure.of(failure(desk.call(LocalDesk::label)))).isEqualTo(RpcFailure.NOT_EXPOSED);
      assertThatThrownBy(() -> desk.proxy(Desk.class).label()).hasMessageContaining("is not exposed");
    }
  }

  @Test
  void refusesAnObjectWithoutTheInterface() {
    assertThatThrownBy(() -> group.rpc(0).own(LocalDesk.class, new LocalDesk("x")))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is no interface");
    assertThatThrownBy(() -> group.rpc(0).own(Desk.class, null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the object is null, expected a " + Desk.class.getName());
  }

  @Test
  void failsThroughAProxyAsTheHandleDoes() {
    RRef<Desk> desk = group.rpc(0).own(Desk.class, new LocalDesk("mine"));
    Desk proxy = desk.proxy(Desk.class);
    assertThat(proxy).hasToString("proxy " + Desk.class.getName() + " for " + desk);

    desk.close();

    assertThat(RpcFailure.of(failure(proxy.where()))).isEqualTo(RpcFailure.REF_RELEASED);
  }
}
