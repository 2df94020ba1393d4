package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LateJoinerTest {
  private final List<Vertx> members = TestGroup.cluster(2);

  @AfterEach
  void close() {
    members.forEach(vertx -> get(vertx.close()));
  }

  @Test
  @Tag("T190")
  void canBeCalledByTheFirstMemberAsSoonAsItHasJoined() {
    RpcWorker first = join(members.get(0), "first");

    for (int i = 0; i < 30; i++) {
      RpcWorker late = join(members.get(1), "late");
      assertThat(get(first.rpc().on("late").call(Ops::greet, "ada"))).isEqualTo("hello ada from late");
      get(late.leave());
    }
    get(first.leave());
  }

  private static RpcWorker join(Vertx vertx, String name) {
    RpcWorker worker = RpcWorker.create(vertx, RpcConfig.from(new JsonObject().put("name", name)));
    get(worker.join());
    return worker;
  }
}
