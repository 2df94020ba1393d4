package dev.vertxrpc.ref;

import static dev.vertxrpc.ref.Closing.closed;
import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.ref.Closing.Resource;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.Logged;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of values that can be closed when nobody holds them any more. */
class ClosedValuesTest {
  private final Resource provided = new Resource("provided");
  private final TestGroup group = TestGroup.local(3, new JsonObject(),
      worker -> worker.provide(Resource.class, provided));
  private final Rpc rpc = group.rpc(0);
  private final String name = Gates.name();
  private final String gate = Gates.name();

  @AfterEach
  void close() {
    Gates.open(gate);
    group.close();
  }

  private void assertClosedOnce() {
    group.eventually(name + " is closed", () -> {
      // Handles that functions only passed on are garbage that nobody closed.
      System.gc();
      return !closed(name).isEmpty();
    });
    assertThat(closed(name)).hasSize(1).doesNotContain("event loop");
  }

  private RRef<Resource> create(String worker) {
    return rpc.on(worker).create(Resource::new, name);
  }

  /** Whoever holds nothing else on w1 has nothing that could be closed. */
  private void assertNotClosed() {
    for (int rank = 0; rank < 3; rank++) {
      int each = rank;
      group.eventually("nothing is kept", () -> group.figure(each, "owners") == 0);
      String after = Gates.name();
      rpc.on(each).create(Resource::new, after).close();
      group.eventually("what came later is closed", () -> !closed(after).isEmpty());
    }
    assertThat(closed(name)).isEmpty();
  }

  @Test
  void closesAValueWithItsLastHandle() {
    for (String worker : List.of("w0", "w1")) {
      closed(name).clear();
      RRef<Resource> resource = create(worker);
      RRef<Resource> more = get(rpc.on("w2").call(Closing::pass, resource));
      get(resource.confirmed());
      resource.close();
      assertThat(get(more.call(Resource::isOpenAfter, opened()))).isTrue();

      more.close();

      assertClosedOnce();
    }
  }

  private static String opened() {
    String open = Gates.name();
    Gates.open(open);
    return open;
  }

  @Test
  void letsCallsEndThatWereMadeBeforeTheHandleWasClosed() {
    for (String worker : List.of("w0", "w1")) {
      closed(name).clear();
      String held = Gates.name();
      RRef<Resource> resource = create(worker);
      Future<Boolean> open = resource.call(Resource::isOpenAfter, held);

      resource.close();
      get(rpc.on(worker).call(Closing::hold, opened()));
      Gates.open(held);

      assertThat(get(open)).isTrue();
      assertClosedOnce();
    }
  }

  @Test
  void closesWhatIsKeptTwiceWithTheLastOfThem() {
    RRef<Resource> resource = create("w1");
    RRef<Resource> again = resource.remote(Resource::again);
    get(again.call(Resource::isOpenAfter, opened()));

    resource.close();

    assertThat(get(again.call(Resource::isOpenAfter, opened()))).isTrue();
    again.close();
    assertClosedOnce();
  }

  @Test
  void closesAValueThatIsMadeWhenNobodyWantsItAnyMore() {
    rpc.on("w1").remote(Closing::after, gate, name).close();
    get(rpc.on("w1").call(Closing::hold, opened()));

    Gates.open(gate);

    assertClosedOnce();
  }

  @Test
  void closesAValueThatIsMadeAfterItWasCancelled() {
    Promise<Void> signal = Promise.promise();
    RRef<Resource> late = rpc.on("w1").with(CallOptions.create().withCancelOn(signal.future()))
        .remote(Closing::after, gate, name);
    get(Gates.opened(gate + " waited for"));

    signal.complete();
    assertThat(RpcFailure.of(failure(late.toHere()))).isEqualTo(RpcFailure.CANCELLED);
    Gates.open(gate);

    assertClosedOnce();
    late.close();
  }

  @Test
  void closesAValueThatIsMadeWhenItsTimeIsOver() {
    RRef<Resource> late = rpc.on("w1").withTimeout(Duration.ofMillis(500)).remote(Closing::after, gate, name);
    get(Gates.opened(gate + " waited for"));
    assertThat(RpcFailure.of(failure(late.toHere()))).isEqualTo(RpcFailure.TIMEOUT);

    Gates.open(gate);

    assertClosedOnce();
    late.close();
  }

  @Test
  void closesEveryValueWhenItsWorkerEnds() {
    get(create("w1").confirmed());
    RRef<Resource> there = rpc.on("w1").create(Resource::new, name + " too");
    get(there.call(Resource::isOpenAfter, opened()));
    get(rpc.on("w1").call(Closing::hold, opened()));

    group.lose(1);

    assertThat(closed(name)).hasSize(1);
    assertThat(closed(name + " too")).hasSize(1);
  }

  @Test
  void closesAReferenceThatIsAValue() {
    RRef<RRef<Resource>> nested = rpc.on("w1").remote(Closing::createOn, "w2", name);
    RRef<Resource> inner = get(nested.toHere());
    get(inner.call(Resource::isOpenAfter, opened()));
    inner.close();

    nested.close();

    assertClosedOnce();
  }

  @Test
  void leavesToTheApplicationWhatItOwnsOrProvides() {
    RRef<Resource> owned = get(rpc.on("w1").call(Closing::owned, name));
    RRef<Resource> again = owned.remote(Resource::again);
    RRef<Resource> providedThere = rpc.on("w1").remote(Closing::provided);
    get(again.call(Resource::isOpenAfter, opened()));
    get(providedThere.call(Resource::isOpenAfter, opened()));

    List.of(owned, again, providedThere).forEach(RRef::close);

    assertNotClosed();
    assertThat(closed("provided")).isEmpty();
  }

  @Test
  void logsOnceWhatCannotBeClosed() {
    try (Logged log = new Logged(Disposal.class.getName())) {
      rpc.on("w1").create(Closing.Stuck::new, name).close();

      group.eventually("it is logged", () -> !log.with("event=close-failed").isEmpty());
      assertThat(log.with("event=close-failed worker=w1 type=" + Closing.Stuck.class.getName())).singleElement()
          .satisfies(event -> assertThat(event.getThrowableProxy().getMessage()).isEqualTo("stuck"));
      assertClosedOnce();
    }
  }

  @Test
  void closesOnAThreadOfItsOwnWhereNoneIsFree() {
    JsonObject narrow = new JsonObject().put("executor", "pool").put("blockingThreads", 1).put("blockingQueue", 0);
    try (TestGroup small = TestGroup.local(1, narrow)) {
      RRef<Resource> resource = small.rpc(0).on(0).create(Resource::new, name);
      get(resource.call(Resource::isOpenAfter, opened()));
      Future<Void> busy = small.rpc(0).on(0).call(Closing::hold, gate);

      resource.close();

      assertClosedOnce();
      assertThat(closed(name)).containsExactly("rpc-w0-close");
      Gates.open(gate);
      get(busy);
    }
  }

  @Test
  void closesNothingWhereItIsTurnedOff() {
    try (TestGroup off = TestGroup.local(1, new JsonObject().put("closeReleasedValues", false))) {
      RRef<Resource> resource = off.rpc(0).on(0).create(Resource::new, name);
      get(resource.call(Resource::isOpenAfter, opened()));
      resource.close();
    }

    assertThat(closed(name)).isEmpty();
  }
}
