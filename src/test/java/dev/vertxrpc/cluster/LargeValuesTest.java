package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values that are decoded beside the event loop. */
class LargeValuesTest {
  private static final int LARGE = 5 * 1024 * 1024;
  private static final String BACKGROUND = "vertx-rpc-background";

  private final TestGroup group = TestGroup.local(2, new JsonObject().put("limits",
      new JsonObject().put("maxPayloadBytes", 3 * LARGE)));
  private final RemoteWorker there = group.rpc(0).on("w1");

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  void areDecodedBesideTheLoop() {
    assertThat(get(there.call(LargeValues::madeBy, new LargeValues.Made(new byte[LARGE], "")))).isEqualTo(BACKGROUND);
    assertThat(get(there.call(LargeValues::made, LARGE)).thread()).isEqualTo(BACKGROUND);
    assertThat(get(there.call(LargeValues::madeBy, new LargeValues.Made(new byte[1000], ""))))
        .startsWith("vert.x-eventloop-thread");
    assertThat(get(there.call(LargeValues::made, 1000)).thread()).startsWith("vert.x-eventloop-thread");
  }

  @Test
  void ofRoundsAreDecodedBesideTheLoop() {
    assertThat(gathered(LARGE)).allMatch(BACKGROUND::equals);
    assertThat(gathered(1000)).allMatch(thread -> thread.startsWith("vert.x-eventloop-thread"));
  }

  /** Where the values of a round were made, of which each worker brings one of so many bytes. */
  private List<String> gathered(int bytes) {
    List<Future<Map<String, LargeValues.Made>>> rounds = IntStream.range(0, 2).mapToObj(rank ->
        group.rpc(rank).collectives().of(LargeValues.Made.class)
            .allGather(new LargeValues.Made(new byte[bytes], ""))).toList();
    return rounds.stream().flatMap(round -> get(round).values().stream()).map(LargeValues.Made::thread).toList();
  }

  @Test
  void keepTheOrderOfTheirCalls() {
    List<Future<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      calls.add(there.call(LargeValues::start, i, new byte[i % 4 == 0 ? LARGE : 10]));
    }
    calls.forEach(TestGroup::get);

    assertThat(LargeValues.started()).isEqualTo(IntStream.range(0, 40).boxed().toList());
  }

  @Test
  void endWithTheirCalls() {
    String gate = Gates.name();
    Future<Void> call = there.with(CallOptions.create().withTimeout(Duration.ofMillis(300)))
        .call(LargeValues::startAfter, gate, new byte[LARGE]);

    assertThat(RpcFailure.of(TestGroup.failure(call))).isEqualTo(RpcFailure.TIMEOUT);
    group.eventually("it is given up there", () -> group.figure(1, "runningCalls") == 0);
    Gates.open(gate);
  }
}
