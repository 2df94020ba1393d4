package dev.vertxrpc.simulation;

import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.SharedData;
import io.vertx.core.spi.cluster.ClusterManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One worker's view of the Vert.x that all share: it has local maps of its own, and with them a node of its own, as in
 * a process of its own. Thread-safe.
 */
final class OwnVertx extends VertxWrapper {
  static final List<String> NODES = List.of("node0", "node1", "node2", "node3");

  private final Map<String, LocalMap<?, ?>> maps = new ConcurrentHashMap<>();
  private final SharedData own = proxy(SharedData.class, (self, method, arguments) ->
      method.getName().equals("getLocalMap") ? maps.computeIfAbsent((String) arguments[0], name -> localMap())
          : method.invoke(delegate.sharedData(), arguments));

  private final ClusterManager cluster;

  /** {@code node}: which of {@link #NODES} it is to be taken for, by where what all get is passed on. */
  OwnVertx(VertxInternal shared, String node) {
    super(shared);
    cluster = proxy(ClusterManager.class, (self, method, arguments) -> switch (method.getName()) {
      case "getNodeId" -> node;
      case "getNodes" -> NODES;
      default -> throw new UnsupportedOperationException(method.toString());
    });
  }

  @Override
  public ClusterManager clusterManager() {
    return cluster;
  }

  private static LocalMap<?, ?> localMap() {
    Map<Object, Object> map = new ConcurrentHashMap<>();
    return proxy(LocalMap.class, (self, method, arguments) ->
        Map.class.getMethod(method.getName(), method.getParameterTypes()).invoke(map, arguments));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(OwnVertx.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public SharedData sharedData() {
    return own;
  }
}
