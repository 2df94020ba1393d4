package dev.vertxrpc.testing;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port that forwards to another until it is cut, when connections break and new ones are refused, or frozen, when
 * nothing arrives any more and nobody is told. Thread-safe.
 */
public final class Wire implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile boolean cut;
  private volatile boolean frozen;

  /** A new port of this host before {@code target}, which is on it too. */
  public Wire(int target) {
    port = TestGroup.get(vertx.createNetServer().connectHandler(near -> {
      near.pause();
      if (cut) {
        near.close();
      } else if (!frozen) {
        client.connect(target, "127.0.0.1").onSuccess(far -> join(near, far)).onFailure(none -> near.close());
      }
    }).listen(0, "127.0.0.1")).actualPort();
  }

  private void join(NetSocket near, NetSocket far) {
    keep(near);
    keep(far);
    near.pipeTo(far);
    far.pipeTo(near);
    if (cut) {
      near.close();
      far.close();
    }
  }

  private void keep(NetSocket socket) {
    sockets.add(socket);
    socket.closeHandler(closed -> sockets.remove(socket));
  }

  public int port() {
    return port;
  }

  public void cut() {
    cut = true;
    sockets.forEach(NetSocket::close);
  }

  public void freeze() {
    frozen = true;
    sockets.forEach(NetSocket::pause);
  }

  public void mend() {
    cut = false;
  }

  @Override
  public void close() {
    TestGroup.get(vertx.close());
  }
}
