package dev.vertxrpc.wire;

import dev.vertxrpc.wire.Frame.Call;
import dev.vertxrpc.wire.Frame.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CALL and RESULT to bytes and back. What most of them do not bring takes no byte: behind the type a byte of flags says
 * what is there. Then comes the fork section, if there is one, and the rest. Pure functions.
 */
final class CallCodec {
  // The bits are on the wire: never renumber, never reuse.
  static final int FORKS = 1;
  static final int BULK = 1 << 1;
  private static final int ROOT = 1 << 2;
  private static final int TARGET = 1 << 3;
  private static final int KEEP = 1 << 4;
  private static final int HEADERS = 1 << 5;
  private static final int CODEC = 1 << 6;
  private static final int OF_RESULTS = FORKS | BULK;
  private static final int OF_CALLS = OF_RESULTS | ROOT | TARGET | KEEP | HEADERS | CODEC;

  private CallCodec() {}

  /** Whether frames of {@code type} are read here. */
  static boolean reads(FrameType type) {
    return type == FrameType.CALL || type == FrameType.RESULT;
  }

  static void encode(Call call, FrameWriter out) {
    encodeForks(call, flags(call), out);
    out.writeCompact(call.callId());
    if (call.root().isPresent()) {
      out.writeCallId(call.root().get());
    }
    out.writeRemaining(call.remainingMillis());
    out.writeFunctionName(call.function());
    if (call.target().isPresent()) {
      out.writeObjectId(call.target().get());
    }
    if (call.keep().isPresent()) {
      out.writeFork(call.keep().get());
    }
    if (!call.headers().isEmpty()) {
      out.writeHeaders(call.headers());
    }
    if (!call.codec().isEmpty()) {
      out.writeString(call.codec());
    }
    out.writeFlaggedPayload(call.arguments());
  }

  private static int flags(Call call) {
    return (call.root().isPresent() ? ROOT : 0)
        | (call.target().isPresent() ? TARGET : 0)
        | (call.keep().isPresent() ? KEEP : 0)
        | (call.headers().isEmpty() ? 0 : HEADERS)
        | (call.codec().isEmpty() ? 0 : CODEC)
        | (call.arguments().bulk().isEmpty() ? 0 : BULK);
  }

  static void encode(Result result, FrameWriter out) {
    encodeForks(result, result.value().bulk().isEmpty() ? 0 : BULK, out);
    out.writeCompact(result.callId());
    out.writeFlaggedPayload(result.value());
  }

  private static void encodeForks(Frame frame, int flags, FrameWriter out) {
    boolean hasForks = !frame.forks().isEmpty();
    out.writeByte((byte) (hasForks ? flags | FORKS : flags));
    if (hasForks) {
      out.writeList(frame.forks(), out::writeFork);
    }
  }

  /** The forks of a frame with those flags, which come next; whatever else the flags say. */
  static List<Fork> decodeForks(int flags, FrameReader in) {
    return (flags & FORKS) == 0 ? List.of() : in.readList(FrameCodec.FORK_BYTES, in::readFork);
  }

  /** The frame of {@code type} whose flags are next. */
  static Frame decode(FrameType type, FrameReader in) {
    int flags = in.readByte();
    List<Fork> forks = decodeForks(flags, in);
    boolean isCall = type == FrameType.CALL;
    int unknown = flags & ~(isCall ? OF_CALLS : OF_RESULTS) & 0xff;
    if (unknown != 0) {
      throw new MalformedFrameException("a " + type + " with the flags " + Integer.toBinaryString(flags & 0xff)
          + ", of which this version does not know " + Integer.toBinaryString(unknown));
    }
    return isCall ? decodeCall(flags, forks, in)
        : new Result(in.readCompact(), forks, in.readLentPayload((flags & BULK) != 0));
  }

  private static Call decodeCall(int flags, List<Fork> forks, FrameReader in) {
    return new Call(in.readCompact(),
        (flags & ROOT) == 0 ? Optional.empty() : Optional.of(in.readCallId()),
        in.readRemaining(),
        in.readFunctionName(),
        (flags & TARGET) == 0 ? Optional.empty() : Optional.of(in.readObjectId()),
        (flags & KEEP) == 0 ? Optional.empty() : Optional.of(in.readFork()),
        (flags & HEADERS) == 0 ? Map.of() : in.readHeaders(),
        (flags & CODEC) == 0 ? "" : in.readString(),
        forks,
        in.readLentPayload((flags & BULK) != 0));
  }
}
