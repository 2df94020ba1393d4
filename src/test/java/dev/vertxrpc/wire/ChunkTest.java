package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChunkTest {
  private static final int LARGE = 20_000_000;

  private final Beside beside = Beside.of(LaneOptions.Kind.BUS);

  @AfterEach
  void close() {
    beside.close();
  }

  @Test
  void takesBulkThatIsTooLargeForABatch() throws InterruptedException {
    Buffer large = beside.send(1, LARGE);
    Buffer small = beside.send(2, 100_000);

    assertThat(beside.next()).isEqualTo(small);
    assertThat(beside.next()).isEqualTo(large);
    assertThat(beside.chunks).hasValue((LARGE + Goings.CHUNK_BYTES - 1) / Goings.CHUNK_BYTES);
    beside.assertNothingLeft();
  }

  @Test
  void letsOtherFramesPass() throws InterruptedException {
    Buffer large = beside.send(1, LARGE);
    for (int i = 2; i < 20; i++) {
      beside.a.send(beside.b, i);
    }

    for (int i = 1; i < 20; i++) {
      assertThat(beside.nextNumber()).isEqualTo(i);
    }
    assertThat(beside.chunks.get()).isLessThan(LARGE / Goings.CHUNK_BYTES);
    assertThat(beside.next()).isEqualTo(large);
  }

  @Test
  void takesManyArraysOfWhichNoneIsLarge() throws InterruptedException {
    List<Buffer> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(Buffer.buffer(new byte[30_000]).setInt(0, i));
    }
    beside.b.endpoint.receive(FrameType.RESULT, (from, frame) -> {
      Payload value = ((Frame.Result) frame).value();
      value.whenThere(why -> value.bulk().forEach(beside.arrived::add));
    });

    beside.a.endpoint.send(beside.b.self,
        new Frame.Result(1, List.of(), new Payload(Buffer.buffer("body"), many)));

    for (Buffer each : many) {
      assertThat(beside.next()).isEqualTo(each);
    }
    assertThat(beside.chunks.get()).isPositive();
  }

  @Test
  void bearsWhatTheBusDoes() throws InterruptedException {
    beside.a.endpoint.faults(new Faults(List.of(
        Faults.Rule.of(FrameType.CHUNK, Faults.Action.DROP).count(3),
        Faults.Rule.of(FrameType.CHUNK, Faults.Action.REORDER).count(3),
        Faults.Rule.of(FrameType.CHUNK, Faults.Action.DUPLICATE).count(3),
        Faults.Rule.of(FrameType.CHUNK, Faults.Action.DELAY).count(3).delay(Duration.ofMillis(50)))));

    Buffer large = beside.send(1, LARGE);

    assertThat(beside.next()).isEqualTo(large);
    beside.assertNothingLeft();
  }

  @Test
  void loseAPeerWhoseChunksDoNotFit() throws InterruptedException {
    beside.a.endpoint.send(beside.b.self, new Frame.Chunk(1, 10, 5, Buffer.buffer("x")));

    assertThat(beside.b.loss()).contains("a " + RpcFailure.PROTOCOL);
  }

  @Test
  void loseAPeerWhoseChunkNoFrameHasSpokenOf() throws InterruptedException {
    beside.a.send(beside.b, 1);
    assertThat(beside.nextNumber()).isEqualTo(1);
    Batch batch = beside.batch(2);
    batch.add(outcome(), ChunkTest::numbered);
    batch.add(new Frame.Chunk(2, 1_000_000_000, 0, Buffer.buffer("x")));

    beside.write(batch);

    assertThat(beside.b.loss()).contains("a " + RpcFailure.PROTOCOL, "a part of bulk 2, and frames have spoken of 1");
    beside.assertNothingLeft();
  }

  @Test
  void letWhatOpensLanesPassAFrameThatWaitsForThem() throws InterruptedException {
    LinkedBlockingQueue<FrameType> opening = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<RoundFrame.Outcome> outcomes = new LinkedBlockingQueue<>();
    for (FrameType type : List.of(FrameType.OFFER, FrameType.INVITE, FrameType.OPENED)) {
      beside.b.endpoint.receive(type, (from, frame) -> opening.add(frame.type()));
    }
    beside.b.endpoint.receive(FrameType.OUTCOME,
        (WorkerInfo from, RoundFrame.Outcome outcome) -> outcomes.add(outcome));
    beside.a.send(beside.b, 1);
    assertThat(beside.nextNumber()).isEqualTo(1);
    Batch batch = beside.batch(2);
    batch.add(outcome(), ChunkTest::numbered);
    batch.add(Peer.frame(2));
    batch.add(new Frame.Offer("a", 1, 2, 3));
    batch.add(new Frame.Invite(SocketUse.LANE, "a", 1, Secret.fresh(), Secret.fresh()));
    batch.add(new Frame.Opened(Optional.empty()));

    beside.write(batch);

    for (FrameType type : List.of(FrameType.OFFER, FrameType.INVITE, FrameType.OPENED)) {
      assertThat(opening.poll(20, TimeUnit.SECONDS)).isEqualTo(type);
    }
    assertThat(outcomes).isEmpty();
    assertThat(beside.order).isEmpty();
    Batch chunk = beside.batch(7);
    chunk.add(new Frame.Chunk(1, 4, 0, Buffer.buffer("bulk")));
    beside.write(chunk);
    assertThat(beside.nextNumber()).isEqualTo(2);
    assertThat(outcomes.poll().payloads().get(0).bulk()).containsExactly(Buffer.buffer("bulk"));
  }

  /** A frame that those behind it wait for, if it waits for its bulk. */
  static Frame outcome() {
    Payload value = new Payload(Buffer.buffer(), List.of(Buffer.buffer("bulk")));
    RoundId round = new RoundId(Participants.of(List.of(new RoundId.Participant("a", 1))), "t", 1);
    return new RoundFrame.Outcome(round, Optional.empty(), 2, List.of(), List.of(new Portion(0, value)));
  }

  static Spot numbered(Buffer bulk) {
    return bulk.length() == 0 ? null : new Spot.Numbered(1, bulk.length());
  }

  @Test
  void goBeforeAGoodbye() throws InterruptedException {
    beside.a.send(beside.b, 1);
    assertThat(beside.nextNumber()).isEqualTo(1);
    Buffer large = beside.send(2, LARGE);

    beside.a.endpoint.goodbye();

    assertThat(beside.next()).isEqualTo(large);
    assertThat(beside.b.loss()).contains("a " + RpcFailure.WORKER_LEFT);
  }
}
