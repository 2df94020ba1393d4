package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamReaderTest {
  private static final int ROUNDS = 500;
  private static final int MOST_BATCHES = 20;

  private final List<Long> came = new ArrayList<>();
  private final StreamReader reader = StreamReader.greeted(this::came);

  private void came(Batch batch) {
    batch.forEach(frame -> came.add(((Frame.Fetch) frame).callId()), (reason, forks) -> came.add(-1L));
  }

  private static ByteBuf batch(long first, int frames) {
    Batch batch = Batch.from(1, first, 0);
    for (int i = 0; i < frames; i++) {
      batch.add(Peer.frame(first + i));
    }
    ByteBuf bytes = Unpooled.buffer().writeInt(batch.length());
    batch.writeTo(BufferInternal.buffer(bytes));
    return bytes;
  }

  @Test
  void findsTheBatchesInPiecesOfAnySize() {
    long seed = Long.getLong("seed", System.nanoTime());
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      List<Long> sent = new ArrayList<>();
      ByteBuf all = Unpooled.buffer();
      for (int i = random.nextInt(MOST_BATCHES); i >= 0; i--) {
        int frames = random.nextInt(10);
        all.writeBytes(batch(sent.size() + 1, frames));
        for (int frame = 0; frame < frames; frame++) {
          sent.add(sent.size() + 1L);
        }
      }
      came.clear();

      while (all.isReadable()) {
        reader.read(all.readSlice(Math.min(all.readableBytes(), 1 + random.nextInt(200))));
      }

      assertThat(came).as("seed %d", seed + round).isEqualTo(sent);
    }
  }

  @Test
  void refusesLengthsThatNoBatchHas() {
    for (int length : new int[] {-1, Integer.MIN_VALUE, 0, Batch.HEADER_BYTES - 1, StreamReader.MOST_BYTES + 1,
        Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> StreamReader.greeted(this::came).read(Unpooled.buffer().writeInt(length)))
          .isInstanceOf(MalformedFrameException.class)
          .hasMessage("a batch of %d bytes, expected %d to %d", length, Batch.HEADER_BYTES, StreamReader.MOST_BYTES);
    }
    assertThat(came).isEmpty();
  }

  @Test
  void readsNothingBeforeItIsGreeted() {
    Secret secret = Secret.fresh();
    List<String> greeted = new ArrayList<>();
    StreamReader greeting = StreamReader.greeting(secret, () -> greeted.add("greeted"), this::came);
    ByteBuf shown = Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(secret.bytes()), batch(1, 2));

    greeting.read(shown.readSlice(Secret.BYTES - 1));
    assertThat(greeted).isEmpty();
    greeting.read(shown);

    assertThat(greeted).containsExactly("greeted");
    assertThat(came).containsExactly(1L, 2L);
  }

  @Test
  void refusesWhoeverShowsAnotherSecret() {
    StreamReader greeting = StreamReader.greeting(Secret.fresh(), () -> came.add(0L), this::came);
    ByteBuf shown = ((BufferInternal) Buffer.buffer(Secret.fresh().bytes())).getByteBuf();

    assertThatThrownBy(() -> greeting.read(shown)).isInstanceOf(MalformedFrameException.class);

    assertThat(came).isEmpty();
  }
}
