package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * Stands between the two ends of a socket, and after so many bytes cuts it, or carries nothing any more. Thread-safe.
 */
final class Cable {
  private enum Damage { CUT, CUT_ONCE, CUT_EACH, STUCK }

  final AtomicInteger connections = new AtomicInteger();
  /** Of those the ones that whoever has connected has not closed. */
  final AtomicInteger open = new AtomicInteger();
  private final Set<NetSocket> farEnds = ConcurrentHashMap.newKeySet();
  /** Kept: one that nobody refers to closes its connections. */
  private final NetClient client;
  private final AtomicLong left;
  private final Damage damage;
  /** How much each connection carries, where each is cut. */
  private final IntSupplier next;
  private volatile int target;
  private final NetServer server;

  private Cable(Vertx vertx, long bytes, Damage damage, IntSupplier next) {
    this.next = next;
    this.client = vertx.createNetClient();
    this.left = new AtomicLong(bytes);
    this.damage = damage;
    this.server = get(vertx.createNetServer().connectHandler(this::connect).listen(0, LaneOptions.LOOPBACK));
  }

  static Cable cutAfter(Vertx vertx, long bytes) {
    return new Cable(vertx, bytes, Damage.CUT, () -> 0);
  }

  /** The next connection carries all. */
  static Cable cutOnceAfter(Vertx vertx, long bytes) {
    return new Cable(vertx, bytes, Damage.CUT_ONCE, () -> 0);
  }

  /** Every connection is cut, each after as many bytes as {@code next} says. */
  static Cable cutEachAfter(Vertx vertx, IntSupplier next) {
    return new Cable(vertx, 0, Damage.CUT_EACH, next);
  }

  /** It carries all, until the {@linkplain #cutFarEnds() far ends} are cut. */
  static Cable whole(Vertx vertx) {
    return new Cable(vertx, Long.MAX_VALUE, Damage.CUT, () -> 0);
  }

  static Cable stuckAfter(Vertx vertx, long bytes) {
    return new Cable(vertx, bytes, Damage.STUCK, () -> 0);
  }

  /** The same invitation, but through here. */
  Frame.Invite through(Frame.Invite invite) {
    target = invite.port();
    return new Frame.Invite(invite.use(), LaneOptions.LOOPBACK, server.actualPort(), invite.ask(), invite.answer());
  }

  private void connect(NetSocket reader) {
    connections.incrementAndGet();
    open.incrementAndGet();
    if (damage == Damage.CUT_EACH) {
      left.set(next.getAsInt());
    }
    reader.pause();
    client.connect(target, LaneOptions.LOOPBACK).onSuccess(writer -> {
      farEnds.add(writer);
      reader.handler(writer::write).closeHandler(gone -> {
        open.decrementAndGet();
        writer.close();
      }).resume();
      writer.handler(bytes -> carry(bytes, writer, reader)).closeHandler(gone -> {
        if (farEnds.remove(writer)) {
          reader.close();
        }
      });
    });
  }

  /** Closes the connections for whoever listens; whoever has connected does not hear of it. */
  void cutFarEnds() {
    List.copyOf(farEnds).forEach(writer -> {
      farEnds.remove(writer);
      writer.close();
    });
  }

  private void carry(Buffer bytes, NetSocket writer, NetSocket reader) {
    long before = left.getAndAdd(-bytes.length());
    if (before >= bytes.length()) {
      reader.write(bytes);
    } else {
      if (damage == Damage.CUT_ONCE) {
        // Nothing of what is behind the gap gets there.
        writer.pause();
        mend();
      }
      reader.write(bytes.slice(0, (int) Math.max(0, before))).onComplete(written -> {
        if (damage != Damage.STUCK) {
          writer.close();
        }
      });
    }
  }

  /** From now on it carries all. */
  private void mend() {
    left.set(Long.MAX_VALUE);
  }
}
