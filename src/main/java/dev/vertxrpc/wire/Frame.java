package dev.vertxrpc.wire;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one worker says to another: every kind of message there is, one record each. Those of links, calls and lanes are
 * here, those of references in {@link RefFrame}, those of rounds in {@link RoundFrame}. Several frames travel in one
 * {@link Batch}. A frame that carries handles says so in {@link #forks()}, which stand in a section of their own on the
 * wire, so that a frame can be dropped without decoding its values and still leak nothing. The layouts are in
 * {@code docs/protocol.md}. Immutable.
 */
public sealed interface Frame
    permits Frame.Hello, Frame.Welcome, Frame.Goodbye, Frame.Call, Frame.Fetch, Frame.Describe, Frame.Result,
    Frame.Failure, Frame.Cancel, Frame.Offer, Frame.Invite, Frame.Chunk, Frame.Opened, RefFrame, RoundFrame {
  /** The kind of frame. */
  FrameType type();

  /** About how many bytes it takes, as far as that can be many. */
  default long bytes() {
    return 0;
  }

  /** The encoded values that it brings. */
  default List<Payload> payloads() {
    return List.of();
  }

  /** Whether some of what it brings is still to come. */
  default boolean isPending() {
    List<Payload> values = payloads();
    return !values.isEmpty() && values.stream().anyMatch(Payload::isPending);
  }

  /** The same, to be had for longer than it takes to deliver it: see {@link Payload#kept()}. */
  default Frame kept() {
    return this;
  }

  /** The handles that the frame carries. */
  default List<Fork> forks() {
    return List.of();
  }

  /** Opens a link: who speaks, in which version, for which group. Repeated until it is answered. */
  record Hello(int version, String group, WorkerInfo worker) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.HELLO;
    }
  }

  /** Answers {@link Hello}: the link is open both ways. */
  record Welcome() implements Frame {
    @Override
    public FrameType type() {
      return FrameType.WELCOME;
    }
  }

  /**
   * Ends a link. WORKER_LEFT: the sender leaves; WORKER_LOST: the sender has declared the receiver
   * lost; PROTOCOL: the sender does not understand the receiver.
   */
  record Goodbye(RpcFailure reason, String message) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.GOODBYE;
    }
  }

  /**
   * Asks for a function to be run. {@code root} is the call at the root of the tree that this one belongs to; empty: it
   * is that itself. {@code target} names the object whose method it is; {@code keep}, where present, makes the callee
   * keep the result under that fork instead of sending it. A remaining time below zero means that there is no deadline.
   * {@code codec} names the codec of the arguments and of the result; empty: the default.
   */
  record Call(long callId, Optional<CallId> root, long remainingMillis, FunctionName function,
              Optional<ObjectId> target, Optional<Fork> keep, Map<String, String> headers, String codec,
              List<Fork> forks, Payload arguments)
      implements Frame {
    @Override
    public long bytes() {
      return arguments.bytes() + headerBytes(headers);
    }

    @Override
    public List<Payload> payloads() {
      return List.of(arguments);
    }

    @Override
    public Frame kept() {
      return with(arguments.kept());
    }

    /** The same with other arguments. */
    public Call with(Payload others) {
      return new Call(callId, root, remainingMillis, function, target, keep, headers, codec, forks, others);
    }

    @Override
    public FrameType type() {
      return FrameType.CALL;
    }
  }

  /** Asks for a copy of a kept value, encoded as {@code codec} says. */
  record Fetch(long callId, long remainingMillis, RefId ref, String codec) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.FETCH;
    }
  }

  /** Asks what a kept value is: for the name of its class. */
  record Describe(long callId, long remainingMillis, RefId ref) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.DESCRIBE;
    }
  }

  /** Answers {@link Call}, {@link Fetch} or {@link Describe} with a value. */
  record Result(long callId, List<Fork> forks, Payload value) implements Frame {
    @Override
    public long bytes() {
      return value.bytes();
    }

    @Override
    public List<Payload> payloads() {
      return List.of(value);
    }

    @Override
    public Frame kept() {
      return new Result(callId, forks, value.kept());
    }

    @Override
    public FrameType type() {
      return FrameType.RESULT;
    }
  }

  /**
   * Answers {@link Call}, {@link Fetch} or {@link Describe} with a failure. {@code remoteCode} is the failure code of
   * the event bus's ReplyException that a function failed with, else -1.
   */
  record Failure(long callId, RpcFailure failure, String message, boolean mayHaveRun, int remoteCode,
                 Optional<RemoteError> error) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.FAILURE;
    }
  }

  /** The caller has given up that call, and wants no answer. */
  record Cancel(long callId) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.CANCEL;
    }
  }

  /** Offers a lane to the receiver: the file that it is, what must be in it, and its size. */
  record Offer(String name, long secretHigh, long secretLow, int size) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.OFFER;
    }
  }

  /**
   * Asks the receiver to connect, to show one secret there, and to take nothing from whoever does not show the other.
   */
  record Invite(SocketUse use, String host, int port, Secret ask, Secret answer) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.INVITE;
    }
  }

  /** A part of the bulk of that number, which has so many bytes in all: those that begin at {@code from}. */
  record Chunk(long number, int length, int from, Buffer part) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.CHUNK;
    }
  }

  /**
   * Answers {@link Offer} or {@link Invite}: the sender reads from the lane, or will not: then {@code refusal} says
   * why.
   */
  record Opened(Optional<String> refusal) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.OPENED;
    }
  }

  private static long headerBytes(Map<String, String> headers) {
    long bytes = 0;
    if (headers.isEmpty()) {
      // Most are, and the JDK makes two objects to say so.
      return bytes;
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      bytes += header.getKey().length() + header.getValue().length();
    }
    return bytes;
  }
}
