package dev.vertxrpc.wire;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Frames of every type with random fields, the same for the same seed. Confined to one thread. */
final class RandomFrames {
  private static final String LETTERS = "aZ09_é\n\u2028\uD83D\uDE00 \u0000";

  private final Random random;

  RandomFrames(long seed) {
    random = new Random(seed);
  }

  Frame next() {
    return of(FrameType.values()[random.nextInt(FrameType.values().length)]);
  }

  Frame of(FrameType type) {
    return switch (type) {
      case HELLO -> new Frame.Hello(random.nextInt(), text(), worker());
      case WELCOME -> new Frame.Welcome();
      case GOODBYE -> new Frame.Goodbye(failure(), text());
      case CALL -> new Frame.Call(number(), maybe(this::callId), number(), function(), maybe(this::objectId),
          maybe(this::fork), headers(), text(), list(this::fork), payload());
      case FETCH -> new Frame.Fetch(number(), number(), refId(), text());
      case RESULT -> new Frame.Result(number(), list(this::fork), payload());
      case FAILURE -> new Frame.Failure(number(), failure(), text(), random.nextBoolean(), random.nextInt(),
          maybe(() -> error(3)));
      case CANCEL -> new Frame.Cancel(number());
      case DESCRIBE -> new Frame.Describe(number(), number(), refId());
      case REGISTER -> new RefFrame.Register(fork());
      case REGISTERED -> new RefFrame.Registered(forkId(), maybe(this::text));
      case ACCEPT -> new RefFrame.Accept(forkId());
      case RELEASE -> new RefFrame.Release(list(this::fork));
      case HEARTBEAT -> new RefFrame.Heartbeat(tally(), tally());
      case RECOUNT -> new RefFrame.Recount(list(this::fork), random.nextBoolean());
      case CONTRIBUTION -> new RoundFrame.Contribution(round(), operation(), number(), maybe(this::text),
          random.nextBoolean(), list(this::fork), list(this::portion));
      case OUTCOME -> new RoundFrame.Outcome(round(), maybe(this::text), number(),
          maybe(() -> new RoundFrame.Way(list(random::nextInt))), list(this::fork), list(this::portion));
      case TAKEN -> new RoundFrame.Taken(round(), random.nextBoolean());
      case RECALL -> new RoundFrame.Recall(round());
      case COMBINE -> new RoundFrame.Combine(round());
      case PARTIAL -> new RoundFrame.Partial(round(), portion());
      case COMBINED -> new RoundFrame.Combined(round(), maybe(this::text), list(this::portion));
      case OFFER -> new Frame.Offer(text(), number(), number(), random.nextInt());
      case OPENED -> new Frame.Opened(maybe(this::text));
      case INVITE -> new Frame.Invite(random.nextBoolean() ? SocketUse.LANE : SocketUse.STREAM, text(),
          random.nextInt(), secret(), secret());
      case CHUNK -> new Frame.Chunk(number(), random.nextInt(), random.nextInt(), Buffer.buffer(text()));
    };
  }

  private Tally tally() {
    return new Tally(number(), number());
  }

  Fork fork() {
    return new Fork(refId(), forkId(), number(), number());
  }

  <T> List<T> list(Supplier<T> item) {
    List<T> items = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      items.add(item.get());
    }
    return items;
  }

  private <T> Optional<T> maybe(Supplier<T> item) {
    return random.nextBoolean() ? Optional.of(item.get()) : Optional.empty();
  }

  private long number() {
    return random.nextInt(4) == 0 ? random.nextInt(3) - 1 : random.nextLong();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(12); left > 0; left--) {
      text.appendCodePoint(LETTERS.codePoints().toArray()[random.nextInt(10)]);
    }
    return text.toString();
  }

  private Map<String, String> headers() {
    return list(this::text).stream().distinct().collect(Collectors.toMap(key -> key, key -> text()));
  }

  private Payload payload() {
    return new Payload(bytes(), list(this::bytes));
  }

  private ObjectId objectId() {
    return random.nextBoolean() ? refId() : new ServiceId(text(), text());
  }

  private Buffer bytes() {
    byte[] bytes = new byte[random.nextInt(64)];
    random.nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  private RpcFailure failure() {
    return RpcFailure.values()[random.nextInt(RpcFailure.values().length)];
  }

  private RefId refId() {
    return new RefId(number(), number());
  }

  private ForkId forkId() {
    return new ForkId(number(), number());
  }

  private CallId callId() {
    return new CallId(number(), number());
  }

  private Secret secret() {
    return new Secret(number(), number());
  }

  private WorkerInfo worker() {
    return new WorkerInfo("w-" + random.nextInt(1000), random.nextInt(1000), number(),
        Set.copyOf(list(this::text).stream().distinct().toList()));
  }

  private FunctionName function() {
    FunctionName.Kind[] kinds = FunctionName.Kind.values();
    return new FunctionName(kinds[random.nextInt(kinds.length)], text(), text(), text());
  }

  private RemoteError error(int depth) {
    return new RemoteError(text(), text(), list(this::text),
        depth == 0 ? Optional.empty() : maybe(() -> error(depth - 1)),
        depth == 0 ? List.of() : list(() -> error(depth - 1)));
  }

  private Operation operation() {
    Operation.Kind[] kinds = Operation.Kind.values();
    return new Operation(kinds[random.nextInt(kinds.length)], text());
  }

  private Portion portion() {
    return new Portion(random.nextInt(3), payload());
  }

  private RoundId round() {
    return new RoundId(Participants.of(list(() -> new RoundId.Participant(text(), number()))), text(), number());
  }
}
