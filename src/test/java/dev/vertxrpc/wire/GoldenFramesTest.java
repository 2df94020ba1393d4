package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of each frame, so that a change of the format shows. Spaces part the fields. */
class GoldenFramesTest {
  private static final Fork FORK = new Fork(new RefId(1, 2), new ForkId(3, 4), 5, 6);
  private static final String FORK_HEX = "0000000000000001 0000000000000002 0000000000000003 0000000000000004 "
      + "0000000000000005 0000000000000006 ";
  private static final RoundId ROUND = new RoundId(Participants.of(List.of(new RoundId.Participant("a", 9))), "t", 3);
  private static final String ROUND_HEX = "00000001 0000000161 0000000000000009 0000000174 0000000000000003 ";
  private static final Buffer BYTES = Buffer.buffer(new byte[] {(byte) 0xCA, (byte) 0xFE});

  private static final Payload PAYLOAD = new Payload(BYTES, List.of(BYTES));
  private static final String PAYLOAD_HEX = "04cafe 00000001 04cafe ";

  static Stream<Arguments> frames() {
    return Stream.of(
        arguments(new Frame.Hello(1, "g", new WorkerInfo("w0", 2, 3, Set.of("r"))),
            "01 00000001 0000000167 000000027730 00000002 0000000000000003 00000001 0000000172"),
        arguments(new Frame.Welcome(), "02"),
        arguments(new Frame.Goodbye(RpcFailure.WORKER_LEFT, "bye"), "03 00000005 00000003627965"),
        arguments(new Frame.Call(1, Optional.of(new CallId(9, 2)), -1,
                new FunctionName(FunctionName.Kind.STATIC, "C", "m", "()V"), Optional.of(new RefId(7, 8)),
                Optional.of(FORK), Map.of("k", "v"), "c", List.of(FORK), PAYLOAD),
            "0a 7f 00000001 " + FORK_HEX + "01 0000000000000009 02 00 "
                + "00 01 0000000143 000000016d 00000003282956 01 0000000000000007 0000000000000008 " + FORK_HEX
                + "00000001 000000016b 0000000176 0000000163 " + PAYLOAD_HEX),
        arguments(new Frame.Call(300, Optional.empty(), 5,
                new FunctionName(FunctionName.Kind.METHOD, "C", "m", "()V"), Optional.of(new ServiceId("a", "n")),
                Optional.empty(), Map.of(), "", List.of(), PAYLOAD),
            "0a 0a ac02 06 00 03 0000000143 000000016d 00000003282956 02 0000000161 000000016e " + PAYLOAD_HEX),
        arguments(new Frame.Fetch(1, 500, new RefId(7, 8), "c"),
            "0b 01 f503 0000000000000007 0000000000000008 0000000163"),
        arguments(new Frame.Result(1, List.of(FORK), PAYLOAD),
            "0c 03 00000001 " + FORK_HEX + "01 " + PAYLOAD_HEX),
        arguments(new Frame.Result(1, List.of(), Payload.of(BYTES)), "0c 00 01 04cafe"),
        arguments(new Frame.Failure(1, RpcFailure.REMOTE, "m", true, 7, Optional.of(
                new RemoteError("T", "", List.of("f"), Optional.empty(), List.of()))),
            "0d 01 00000008 000000016d 01 00000007 01 0000000154 00000000 00000001 0000000166 00 00000000"),
        arguments(new Frame.Cancel(5), "0e 05"),
        arguments(new Frame.Describe(1, 500, new RefId(7, 8)),
            "0f 01 f503 0000000000000007 0000000000000008"),
        arguments(new RefFrame.Register(FORK), "14 " + FORK_HEX),
        arguments(new RefFrame.Registered(new ForkId(3, 4), Optional.of("no")),
            "15 0000000000000003 0000000000000004 01 000000026e6f"),
        arguments(new RefFrame.Accept(new ForkId(3, 4)), "16 0000000000000003 0000000000000004"),
        arguments(new RefFrame.Release(List.of(FORK)), "17 00000001 " + FORK_HEX),
        arguments(new RefFrame.Heartbeat(new Tally(1, 2), new Tally(3, 4)),
            "18 0000000000000001 0000000000000002 0000000000000003 0000000000000004"),
        arguments(new RefFrame.Recount(List.of(FORK), true), "19 00000001 " + FORK_HEX + " 01"),
        arguments(new RoundFrame.Contribution(ROUND, Operation.of(Operation.Kind.BARRIER), 500, Optional.of("no"),
                false, List.of(), List.of()),
            "1e 00000000 " + ROUND_HEX + "01 00000000 00000000000001f4 01 000000026e6f 00 00000000"),
        arguments(new RoundFrame.Contribution(ROUND, Operation.of(Operation.Kind.ALL_REDUCE), 500, Optional.empty(),
                true, List.of(), List.of()),
            "1e 00000000 " + ROUND_HEX + "06 00000000 00000000000001f4 00 01 00000000"),
        arguments(new RoundFrame.Contribution(ROUND, new Operation(Operation.Kind.SCATTER, "a"), 500, Optional.empty(),
                false, List.of(FORK), List.of(new Portion(1, PAYLOAD))),
            "1e 00000001 " + FORK_HEX + ROUND_HEX + "05 0000000161 00000000000001f4 00 00 00000001 00000001 "
                + PAYLOAD_HEX),
        arguments(new RoundFrame.Outcome(ROUND, Optional.empty(), 4, List.of(),
                List.of(new Portion(0, PAYLOAD), new Portion(0, PAYLOAD))),
            "1f 00000000 " + ROUND_HEX + "00 0000000000000004 00 00000002 00000000 " + PAYLOAD_HEX + "00000000 "
                + PAYLOAD_HEX),
        arguments(new RoundFrame.Outcome(ROUND, Optional.empty(), 4, List.of(), List.of()).by(List.of(2, 5)),
            "1f 00000000 " + ROUND_HEX + "00 0000000000000004 01 00000002 00000002 00000005 00000000"),
        arguments(new RoundFrame.Combine(ROUND), "22 " + ROUND_HEX),
        arguments(new RoundFrame.Partial(ROUND, new Portion(0, PAYLOAD)),
            "23 " + ROUND_HEX + "00000000 " + PAYLOAD_HEX),
        arguments(new RoundFrame.Combined(ROUND, Optional.of("no"), List.of()),
            "24 " + ROUND_HEX + "01 000000026e6f 00000000"),
        arguments(new RoundFrame.Taken(ROUND, true), "20 " + ROUND_HEX + "01"),
        arguments(new RoundFrame.Recall(ROUND), "21 " + ROUND_HEX),
        arguments(new Frame.Offer("f", 1, 2, 4096), "28 0000000166 0000000000000001 0000000000000002 00001000"),
        arguments(new Frame.Opened(Optional.of("no")), "29 01 000000026e6f"),
        arguments(new Frame.Invite(SocketUse.STREAM, "h", 15, new Secret(1, 2), new Secret(3, 4)),
            "2a 02 0000000168 0000000f 0000000000000001 0000000000000002 0000000000000003 0000000000000004"),
        arguments(new Frame.Chunk(7, 9, 8, Buffer.buffer("x")), "2b 0000000000000007 00000009 00000008 0000000178"));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void writesTheBytesThatTheProtocolSays(Frame frame, String hex) {
    byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));

    Buffer written = FrameCodecTest.bytes(List.of(frame));

    assertThat(HexFormat.of().formatHex(written.getBytes())).isEqualTo(HexFormat.of().formatHex(
        Peer.header(7, 1, 1).appendInt(body.length).appendBytes(body).getBytes()));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void readsThem(Frame frame, String hex) {
    byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
    Buffer batch = Peer.header(7, 1, 1).appendInt(body.length).appendBytes(body);

    assertThat(FrameCodecTest.read(new Batch(batch))).containsExactly(frame);
  }

  @Test
  void saysWhereBulkLiesThatIsInTheLane() {
    Batch batch = Batch.from(7, 1, 0);

    batch.add(new Frame.Result(1, List.of(), PAYLOAD), bulk -> new Arena.Place(8192, bulk.length()));

    Buffer written = Buffer.buffer();
    batch.writeTo(written);
    assertThat(HexFormat.of().formatHex(written.getBytes(Batch.HEADER_BYTES, written.length()))).isEqualTo((
        "00000019 0c 02 01 00 00002000 00000002 00000001 00 00002000 00000002").replace(" ", ""));
  }

  @Test
  void namesAFunctionInFullWhereItIsFirstNamed() {
    FunctionNames names = new FunctionNames();
    Frame.Call call = new Frame.Call(1, Optional.empty(), 5,
        new FunctionName(FunctionName.Kind.METHOD, "C", "m", "()V"), Optional.empty(), Optional.empty(), Map.of(), "",
        List.of(), Payload.of(BYTES));

    assertThat(hex(names, call)).endsWith("0a 00 01 06 01 03 0000000143 000000016d 00000003282956 04cafe"
        .replace(" ", ""));
    assertThat(hex(names, call)).endsWith("0a 00 01 06 01 04cafe".replace(" ", ""));
  }

  private static String hex(FunctionNames names, Frame frame) {
    Batch batch = Batch.from(7, 1, 0, names, new byte[0]);
    batch.add(frame);
    Buffer written = Buffer.buffer();
    batch.writeTo(written);
    return HexFormat.of().formatHex(written.getBytes());
  }

  @Test
  void coversEveryType() {
    assertThat(frames().map(each -> ((Frame) each.get()[0]).type()))
        .contains(FrameType.values());
  }
}
