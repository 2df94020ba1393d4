package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.cluster.Ops;
import dev.vertxrpc.cluster.Waiting;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A worker that garbage is thrown at, by strangers and in the name of a peer: it serves on, and no call hangs. */
class GarbageTest {
  private static final int BATCHES = 20_000;
  private static final DeliveryOptions OPTIONS = new DeliveryOptions().setCodecName(BatchCodec.NAME);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final RandomFrames frames = new RandomFrames(seed);

  @Test
  void servesOnAndLetsNoCallHang() {
    String gate = Gates.name();
    TestGroup group = TestGroup.local(3);
    WorkerInfo target = group.rpc(1).self();
    String address = "rpc." + group.name() + "." + target.name() + "." + Long.toHexString(target.incarnation());
    Future<String> pending = group.rpc(0).on("w1").withTimeout(Duration.ZERO).call(Waiting::block, gate);
    get(Gates.opened(gate + "-started"));

    for (int i = 0; i < BATCHES; i++) {
      long sender = random.nextInt(100) == 0 ? group.rpc(0).self().incarnation() : random.nextLong();
      group.vertx(1).eventBus().send(address, garbage(sender), OPTIONS);
      if (i % 1_000 == 0) {
        assertThat(get(group.rpc(2).on("w1").call(Ops::greet, "ada"))).as("seed %d", seed)
            .isEqualTo("hello ada from w1");
      }
    }

    // Its link may have broken, or not: then the answer comes. It has no limit that could end it instead.
    Gates.open(gate);
    assertThat(get(pending.recover(broken -> Future.succeededFuture(RpcFailure.of(broken).name()))))
        .as("seed %d", seed).isIn("opened", "PROTOCOL", "WORKER_LOST", "WORKER_LEFT", "NOT_JOINED");
    assertThat(get(group.rpc(2).on("w1").call(Ops::greet, "ada"))).as("seed %d", seed).isEqualTo("hello ada from w1");
    group.lose(0);
    group.leave(1);
    group.close();
  }

  /** Frames of every kind, and then some bytes of them are others. */
  private Batch garbage(long sender) {
    Batch whole = Batch.from(sender, 1 + random.nextInt(40), random.nextInt(40));
    for (Frame frame : List.of(frames.next(), frames.next())) {
      whole.add(frame);
    }
    Buffer bytes = Buffer.buffer();
    whole.writeTo(bytes);
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes.setByte(Long.BYTES + random.nextInt(bytes.length() - Long.BYTES), (byte) random.nextInt());
    }
    return new Batch(random.nextInt(8) == 0 ? bytes.getBuffer(0, random.nextInt(bytes.length())) : bytes);
  }
}
