package dev.vertxrpc.wire;

import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where peers connect to that were invited over the bus, and from where theirs are connected to: for the lanes of a
 * node, or the streams of a worker. It listens from the first invitation on. Who connects has to show the secret of an
 * invitation, each of which is good for one connection and a few seconds; only so many may be about to. Confined to the
 * context that it was made for.
 */
final class SocketServer {
  /** How long an invitation is good, and how long who connects may take to show it. */
  static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_STRANGERS = 64;
  private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);

  /** What was asked for, and who gets the socket of whoever shows it. */
  private record Invited(Secret asked, Secret answer, Consumer<NetSocket> guest) {}

  private final Node node;
  private final ContextInternal context;
  /** Those that may come, and the end of the time that each has. */
  private final Map<Invited, Timeout> invited = new LinkedHashMap<>();
  private final Set<NetSocket> strangers = new HashSet<>();
  private Future<NetServer> server;
  private NetClient client;

  SocketServer(Node node, ContextInternal context) {
    this.node = node;
    this.context = context;
  }

  /** An invitation, and how to take it back. */
  record Invitation(Frame.Invite frame, Runnable withdraw) {}

  /**
   * Invites somebody to connect: {@code guest} gets the socket, or null where nobody came in time. Fails where nothing
   * can be listened to.
   */
  Future<Invitation> invite(LaneOptions options, SocketUse use, Consumer<NetSocket> guest) {
    if (server == null) {
      server = listen(options);
      // The next invitation tries again.
      server.onFailure(failed -> server = null);
    }
    return server.map(listening -> {
      Invited next = new Invited(Secret.fresh(), Secret.fresh(), guest);
      invited.put(next, after(() -> {
        if (invited.remove(next) != null) {
          guest.accept(null);
        }
      }));
      return new Invitation(new Frame.Invite(use, host(options), listening.actualPort(), next.asked(), next.answer()),
          () -> forget(next));
    });
  }

  private void forget(Invited past) {
    Timeout end = invited.remove(past);
    if (end != null) {
      end.cancel();
    }
  }

  private Future<NetServer> listen(LaneOptions options) {
    String host = host(options);
    return node.vertx().createNetServer(new NetServerOptions().setHost(host).setPort(options.port())
            .setTcpNoDelay(true).setTcpKeepAlive(true))
        .connectHandler(this::welcome).listen()
        .onSuccess(listening -> LOG.debug("event=sockets-listen host={} port={}", host, listening.actualPort()));
  }

  /** Where the others reach the bus of this node, they reach its sockets. */
  private String host(LaneOptions options) {
    return options.host().orElseGet(() -> node.vertx().clusterManager() == null ? LaneOptions.LOOPBACK
        : node.vertx().clusterManager().getNodeInfo().host());
  }

  private void welcome(NetSocket stranger) {
    if (strangers.size() >= MOST_STRANGERS) {
      stranger.close();
      return;
    }
    strangers.add(stranger);
    Timeout end = after(stranger::close);
    stranger.closeHandler(gone -> {
      strangers.remove(stranger);
      end.cancel();
    });
    Buffer shown = Buffer.buffer(Secret.BYTES);
    stranger.handler(bytes -> {
      shown.appendBuffer(bytes);
      if (shown.length() < Secret.BYTES) {
        return;
      }
      strangers.remove(stranger);
      end.cancel();
      Invited by = find(shown.getBytes());
      if (by == null) {
        LOG.warn("event=socket-stranger address={}", stranger.remoteAddress());
        stranger.close();
      } else {
        stranger.write(Buffer.buffer(by.answer().bytes()));
        by.guest().accept(stranger);
      }
    });
  }

  // All of them are looked at, so that the time says nothing.
  private Invited find(byte[] shown) {
    Invited found = null;
    for (Invited each : invited.keySet()) {
      if (each.asked().matches(shown)) {
        found = each;
      }
    }
    forget(found);
    return found;
  }

  private Timeout after(Runnable task) {
    return node.clock().schedule(PATIENCE, () -> context.runOnContext(late -> task.run()));
  }

  /** Connects to who has sent the invitation. */
  Future<NetSocketInternal> accept(Frame.Invite invite) {
    if (client == null) {
      client = node.vertx().createNetClient(new NetClientOptions().setTcpNoDelay(true).setTcpKeepAlive(true)
          .setConnectTimeout((int) PATIENCE.toMillis()));
    }
    return client.connect(invite.port(), invite.host()).map(socket -> (NetSocketInternal) socket);
  }

  /** Ends all sockets. */
  Future<Void> close() {
    Future<Void> left = client == null ? Future.succeededFuture() : client.close();
    return server == null ? left : left.eventually(() -> server.compose(NetServer::close));
  }
}
