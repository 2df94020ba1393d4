package dev.vertxrpc.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalGroupTest {
  @Test
  void aGroupOfTwoCallsOnOnePlainVertx() {
    Vertx vertx = Vertx.vertx();
    RpcWorker w0 = RpcWorker.create(vertx, RpcConfig.from(new JsonObject().put("name", "w0").put("worldSize", 2)));
    RpcWorker w1 = RpcWorker.create(vertx, RpcConfig.from(new JsonObject().put("name", "w1").put("worldSize", 2)));
    var j0 = w0.join();
    var j1 = w1.join();
    Rpc r0 = Rpc.await(j0);
    Rpc r1 = Rpc.await(j1);
    assertThat(Rpc.await(r0.on("w1").call(Ops::greet, "ada"))).isEqualTo("hello ada from w1");
    assertThat(Rpc.await(r0.on("w1").call(Ops::add, new double[]{1, 2}, new double[]{3, 4}))).containsExactly(4, 6);
    Rpc.await(r0.on(1).call(Ops::log, "x"));
    assertThat(Rpc.await(r0.on("w1").call(Ops::via, "w0", "bob"))).isEqualTo("hello bob from w0");
    try (RRef<Counter> c = r0.on("w1").create(Counter::new, 5)) {
      assertThat(Rpc.await(c.call(Counter::add, 2))).isEqualTo(7);
      assertThat(Rpc.await(r0.on("w0").call(Ops::bump, c, 3))).isEqualTo(10);
      assertThat(Rpc.await(r0.on("w1").call(Ops::bump, c, 3))).isEqualTo(13);
      assertThat(Rpc.await(r1.on("w0").call(Ops::add, new double[]{1, 2}, new double[]{3, 4}))).containsExactly(4, 6);
      System.out.println(w0.debugInfo() + " " + w1.debugInfo());
    }
    var g0 = r0.collectives().of(String.class).allGather("a");
    var g1 = r1.collectives().of(String.class).allGather("b");
    System.out.println(Rpc.await(g0) + " " + Rpc.await(g1));
    try { Rpc.await(r0.on("w1").call(Ops::fail, "boo")); } catch (Exception e) { System.out.println(e + " " + ((dev.vertxrpc.RpcException) e).remoteError()); }
    var s0 = w0.shutdown();
    var s1 = w1.shutdown();
    Rpc.await(s0);
    Rpc.await(s1);
    System.out.println(w0.debugInfo() + " " + w1.debugInfo());
    Rpc.await(vertx.close());
  }
}
