package dev.vertxrpc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.config.RpcConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativeTransportTest {
  /** Fails too where another Netty comes with a new Vert.x than the pom has epoll of. */
  @Test
  @Timeout(60)
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void usesEpollWhereItsLibraryIsThere() throws IOException {
    Vertx vertx = Rpc.await(RpcVertx.start(RpcConfig.from(new JsonObject().put("name", "w").put("cluster", cluster()))));
    try {
      assertThat(vertx.unavailableNativeTransportCause()).isNull();
      assertThat(vertx.isNativeTransportEnabled()).isTrue();
    } finally {
      Rpc.await(vertx.close());
    }
  }

  private static JsonObject cluster() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new JsonObject().put("port", free.getLocalPort())
          .put("members", new JsonArray().add("127.0.0.1:" + free.getLocalPort()));
    }
  }
}
