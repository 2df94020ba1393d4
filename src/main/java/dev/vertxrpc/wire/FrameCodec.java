package dev.vertxrpc.wire;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.wire.Frame.Call;
import dev.vertxrpc.wire.Frame.Cancel;
import dev.vertxrpc.wire.Frame.Chunk;
import dev.vertxrpc.wire.Frame.Describe;
import dev.vertxrpc.wire.Frame.Failure;
import dev.vertxrpc.wire.Frame.Fetch;
import dev.vertxrpc.wire.Frame.Goodbye;
import dev.vertxrpc.wire.Frame.Hello;
import dev.vertxrpc.wire.Frame.Invite;
import dev.vertxrpc.wire.Frame.Offer;
import dev.vertxrpc.wire.Frame.Opened;
import dev.vertxrpc.wire.Frame.Result;
import dev.vertxrpc.wire.Frame.Welcome;
import dev.vertxrpc.wire.RefFrame.Accept;
import dev.vertxrpc.wire.RefFrame.Heartbeat;
import dev.vertxrpc.wire.RefFrame.Recount;
import dev.vertxrpc.wire.RefFrame.Register;
import dev.vertxrpc.wire.RefFrame.Registered;
import dev.vertxrpc.wire.RefFrame.Release;
import dev.vertxrpc.wire.RoundFrame.Combine;
import dev.vertxrpc.wire.RoundFrame.Combined;
import dev.vertxrpc.wire.RoundFrame.Contribution;
import dev.vertxrpc.wire.RoundFrame.Outcome;
import dev.vertxrpc.wire.RoundFrame.Partial;
import dev.vertxrpc.wire.RoundFrame.Recall;
import dev.vertxrpc.wire.RoundFrame.Taken;
import dev.vertxrpc.wire.RoundFrame.Way;
import java.util.List;

/**
 * Frames to bytes and back: a length, the type, the fork section of those types that carry forks, and the rest of the
 * record's fields in their order; {@link CallCodec} has the two types that most frames are of. The fork section comes
 * first so that it can be read when nothing else can. Pure functions.
 */
final class FrameCodec {
  /** The bytes of one fork in a fork section. */
  static final int FORK_BYTES = 6 * Long.BYTES;

  private FrameCodec() {}

  /** Appends it to what {@code out} writes. */
  static void encode(Frame frame, FrameWriter out) {
    int start = out.length();
    out.writeInt(0);
    out.writeByte(frame.type().code());
    if (frame instanceof Call call) {
      CallCodec.encode(call, out);
    } else if (frame instanceof Result result) {
      CallCodec.encode(result, out);
    } else {
      if (frame.type().carriesForks()) {
        out.writeList(frame.forks(), out::writeFork);
      }
      encodeFields(frame, out);
    }
    out.setInt(start, out.length() - start - Integer.BYTES);
  }

  private static void encodeFields(Frame frame, FrameWriter out) {
    if (frame instanceof Failure failure) {
      encodeFailure(failure, out);
    } else if (frame instanceof Fetch fetch) {
      out.writeCompact(fetch.callId());
      out.writeRemaining(fetch.remainingMillis());
      out.writeRefId(fetch.ref());
      out.writeString(fetch.codec());
    } else if (frame instanceof Describe describe) {
      out.writeCompact(describe.callId());
      out.writeRemaining(describe.remainingMillis());
      out.writeRefId(describe.ref());
    } else if (frame instanceof Cancel cancel) {
      out.writeCompact(cancel.callId());
    } else if (frame instanceof Register register) {
      out.writeFork(register.fork());
    } else if (frame instanceof Registered registered) {
      out.writeForkId(registered.fork());
      out.writeOptional(registered.refusal(), out::writeString);
    } else if (frame instanceof Accept accept) {
      out.writeForkId(accept.fork());
    } else if (frame instanceof Release release) {
      out.writeList(release.released(), out::writeFork);
    } else if (frame instanceof Heartbeat heartbeat) {
      out.writeTally(heartbeat.held());
      out.writeTally(heartbeat.granted());
    } else if (frame instanceof Recount recount) {
      out.writeList(recount.granted(), out::writeFork);
      out.writeBoolean(recount.isLast());
    } else if (frame instanceof Contribution contribution) {
      out.writeRoundId(contribution.round());
      out.writeOperation(contribution.operation());
      out.writeLong(contribution.limitMillis());
      out.writeOptional(contribution.refusal(), out::writeString);
      out.writeBoolean(contribution.isKeptBack());
      out.writeList(contribution.portions(), out::writePortion);
    } else if (frame instanceof Outcome outcome) {
      out.writeRoundId(outcome.round());
      out.writeOptional(outcome.failure(), out::writeString);
      out.writeLong(outcome.nextNumber());
      out.writeOptional(outcome.way(), way -> out.writeList(way.onwards(), out::writeInt));
      out.writeList(outcome.portions(), out::writePortion);
    } else if (frame instanceof Taken taken) {
      out.writeRoundId(taken.round());
      out.writeBoolean(taken.taken());
    } else if (frame instanceof Recall recall) {
      out.writeRoundId(recall.round());
    } else if (frame instanceof Combine combine) {
      out.writeRoundId(combine.round());
    } else if (frame instanceof Partial partial) {
      out.writeRoundId(partial.round());
      out.writePortion(partial.value());
    } else if (frame instanceof Combined combined) {
      out.writeRoundId(combined.round());
      out.writeOptional(combined.failure(), out::writeString);
      out.writeList(combined.portions(), out::writePortion);
    } else if (frame instanceof Hello hello) {
      out.writeInt(hello.version());
      out.writeString(hello.group());
      out.writeWorker(hello.worker());
    } else if (frame instanceof Goodbye goodbye) {
      out.writeInt(goodbye.reason().code());
      out.writeString(goodbye.message());
    } else if (frame instanceof Offer offer) {
      out.writeString(offer.name());
      out.writeLong(offer.secretHigh());
      out.writeLong(offer.secretLow());
      out.writeInt(offer.size());
    } else if (frame instanceof Invite invite) {
      out.writeByte(invite.use().code());
      out.writeString(invite.host());
      out.writeInt(invite.port());
      out.writeSecret(invite.ask());
      out.writeSecret(invite.answer());
    } else if (frame instanceof Chunk chunk) {
      out.writeLong(chunk.number());
      out.writeInt(chunk.length());
      out.writeInt(chunk.from());
      out.writeBytes(chunk.part());
    } else if (frame instanceof Opened opened) {
      out.writeOptional(opened.refusal(), out::writeString);
    }
  }

  private static void encodeFailure(Failure failure, FrameWriter out) {
    out.writeCompact(failure.callId());
    out.writeInt(failure.failure().code());
    out.writeString(failure.message());
    out.writeBoolean(failure.mayHaveRun());
    out.writeInt(failure.remoteCode());
    out.writeOptional(failure.error(), out::writeError);
  }

  /** The forks of a frame whose type byte is next; the rest need not be readable. */
  static List<Fork> decodeForks(FrameReader in) {
    FrameType type = FrameType.ofCode(in.readByte());
    return CallCodec.reads(type) ? CallCodec.decodeForks(in.readByte(), in) : decodeForks(type, in);
  }

  private static List<Fork> decodeForks(FrameType type, FrameReader in) {
    return type.carriesForks() ? in.readList(FORK_BYTES, in::readFork) : List.of();
  }

  /** The frame whose type byte is next. */
  static Frame decode(FrameReader in) {
    FrameType type = FrameType.ofCode(in.readByte());
    if (CallCodec.reads(type)) {
      return CallCodec.decode(type, in);
    }
    List<Fork> forks = decodeForks(type, in);
    return switch (type) {
      case HELLO -> new Hello(in.readInt(), in.readString(), in.readWorker());
      case WELCOME -> new Welcome();
      case GOODBYE -> new Goodbye(RpcFailure.ofCode(in.readInt()), in.readString());
      case CALL, RESULT -> throw new IllegalArgumentException(type.name());
      case FETCH -> new Fetch(in.readCompact(), in.readRemaining(), in.readRefId(), in.readString());
      case FAILURE -> new Failure(in.readCompact(), RpcFailure.ofCode(in.readInt()), in.readString(),
          in.readBoolean(), in.readInt(), in.readOptional(in::readError));
      case CANCEL -> new Cancel(in.readCompact());
      case DESCRIBE -> new Describe(in.readCompact(), in.readRemaining(), in.readRefId());
      case REGISTER -> new Register(in.readFork());
      case REGISTERED -> new Registered(in.readForkId(), in.readOptional(in::readString));
      case ACCEPT -> new Accept(in.readForkId());
      case RELEASE -> new Release(in.readList(FORK_BYTES, in::readFork));
      case HEARTBEAT -> new Heartbeat(in.readTally(), in.readTally());
      case RECOUNT -> new Recount(in.readList(FORK_BYTES, in::readFork), in.readBoolean());
      case CONTRIBUTION -> new Contribution(in.readRoundId(), in.readOperation(), in.readLong(),
          in.readOptional(in::readString), in.readBoolean(), forks,
          in.readList(Portion.LEAST_BYTES, in::readPortion));
      case OUTCOME -> new Outcome(in.readRoundId(), in.readOptional(in::readString), in.readLong(),
          in.readOptional(() -> new Way(in.readList(Integer.BYTES, in::readInt))), forks,
          in.readList(Portion.LEAST_BYTES, in::readLentPortion));
      case TAKEN -> new Taken(in.readRoundId(), in.readBoolean());
      case RECALL -> new Recall(in.readRoundId());
      case COMBINE -> new Combine(in.readRoundId());
      case PARTIAL -> new Partial(in.readRoundId(), in.readPortion());
      case COMBINED -> new Combined(in.readRoundId(), in.readOptional(in::readString),
          in.readList(Portion.LEAST_BYTES, in::readPortion));
      case OFFER -> new Offer(in.readString(), in.readLong(), in.readLong(), in.readInt());
      case INVITE -> new Invite(SocketUse.ofCode(in.readByte()), in.readString(), in.readInt(), in.readSecret(),
          in.readSecret());
      case CHUNK -> new Chunk(in.readLong(), in.readInt(), in.readInt(), in.readBytes());
      case OPENED -> new Opened(in.readOptional(in::readString));
    };
  }
}
