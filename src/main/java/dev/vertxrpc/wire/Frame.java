package dev.vertxrpc.wire;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one worker says to another: every kind of message there is, one record each. Several frames
 * travel in one {@link Batch}. A frame that carries handles says so in {@link #forks()}, which stand
 * in a section of their own on the wire, so that a frame can be dropped without decoding its values
 * and still leak nothing. The layouts are in {@code docs/protocol.md}. Immutable.
 */
public sealed interface Frame {
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
   * Asks for a function to be run. {@code root} is the call at the root of the tree that this one belongs
   * to; {@code target} names the object whose method it is; {@code keep}, where present, makes the callee keep
   * the result under that fork instead of sending it. A remaining time below zero means that there is no
   * deadline. {@code codec} names the codec of the arguments and of the result; empty: the default.
   */
  record Call(long callId, CallId root, long remainingMillis, FunctionName function, Optional<ObjectId> target,
              Optional<Fork> keep, Map<String, String> headers, String codec, List<Fork> forks, Payload arguments)
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

  /** Tells a value's owner of a handle that another worker handed to the sender. */
  record Register(Fork fork) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.REGISTER;
    }
  }

  /** The owner knows that handle now, or will not: then {@code refusal} says why. */
  record Registered(ForkId fork, Optional<String> refusal) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.REGISTERED;
    }
  }

  /** Tells the worker that handed a handle out that the owner knows it, or need not. */
  record Accept(ForkId fork) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.ACCEPT;
    }
  }

  /** Tells the owner of handles that the sender has released. */
  record Release(List<Fork> released) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.RELEASE;
    }
  }

  /**
   * Says that the sender lives, and has it confirmed that the receiver does. {@code held} counts the handles that the
   * sender has to the receiver's values, {@code granted} those of the receiver to its own, as far as it knows.
   */
  record Heartbeat(Tally held, Tally granted) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.HEARTBEAT;
    }
  }

  /**
   * Names the handles to the sender's values that the receiver has, as far as the sender knows; where they are very
   * many, a part of them: then more follow.
   */
  record Recount(List<Fork> granted, boolean isLast) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.RECOUNT;
    }
  }

  /**
   * One worker's part in a round, sent to the leader. Forks: those for the first participant, then for the second and
   * so on, as far as they get a value of this worker's. With a refusal there is nothing else. A value that
   * {@code isKeptBack} comes to the one that it is to be combined by, see {@link Combine}.
   */
  record Contribution(RoundId round, Operation operation, long limitMillis, Optional<String> refusal,
                      boolean isKeptBack, List<Fork> forks, List<Portion> portions) implements Frame {
    @Override
    public long bytes() {
      return bytesOf(portions);
    }

    @Override
    public List<Payload> payloads() {
      return portions.stream().map(Portion::value).toList();
    }

    @Override
    public FrameType type() {
      return FrameType.CONTRIBUTION;
    }
  }

  /**
   * Ends a round at one participant: with what it is to get, in the order of the participants, or with a failure;
   * and the number that the leader will use next. One with a {@code way} is the same for all: its receiver passes it
   * on, and has the leader know that it has come.
   */
  record Outcome(RoundId round, Optional<String> failure, long nextNumber, Optional<Way> way, List<Fork> forks,
                 List<Portion> portions) implements Frame {
    /** One that goes to its receiver alone. */
    public Outcome(RoundId round, Optional<String> failure, long nextNumber, List<Fork> forks,
                   List<Portion> portions) {
      this(round, failure, nextNumber, Optional.empty(), forks, portions);
    }

    /** The same, for a receiver that passes it on to {@code onwards}. */
    public Outcome by(List<Integer> onwards) {
      return new Outcome(round, failure, nextNumber, Optional.of(new Way(onwards)), forks, portions);
    }

    @Override
    public Outcome kept() {
      return new Outcome(round, failure, nextNumber, way, forks, portions.stream().map(Portion::kept).toList());
    }

    @Override
    public long bytes() {
      return bytesOf(portions);
    }

    @Override
    public List<Payload> payloads() {
      return portions.stream().map(Portion::value).toList();
    }

    @Override
    public FrameType type() {
      return FrameType.OUTCOME;
    }
  }

  /** Where an outcome goes from its receiver: the numbers of participants, none where it has come to its end. */
  record Way(List<Integer> onwards) {
    /** Copies the list. */
    public Way {
      onwards = List.copyOf(onwards);
    }
  }

  /** Asks a participant to combine its value with those that others will send it, see {@link Partial}. */
  record Combine(RoundId round) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.COMBINE;
    }
  }

  /** What has become of the values of some participants that are neighbours in rank. */
  record Partial(RoundId round, Portion value) implements Frame {
    @Override
    public long bytes() {
      return value.value().bytes();
    }

    @Override
    public List<Payload> payloads() {
      return List.of(value.value());
    }

    @Override
    public FrameType type() {
      return FrameType.PARTIAL;
    }
  }

  /** Tells the leader what has become of the values of all, or why nothing has: one of the two. */
  record Combined(RoundId round, Optional<String> failure, List<Portion> portions) implements Frame {
    @Override
    public long bytes() {
      return bytesOf(portions);
    }

    @Override
    public List<Payload> payloads() {
      return portions.stream().map(Portion::value).toList();
    }

    @Override
    public FrameType type() {
      return FrameType.COMBINED;
    }
  }

  /**
   * Tells who contributed references whether the sender has received those that were for it; and the leader that an
   * outcome has come that others pass on.
   */
  record Taken(RoundId round, boolean taken) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.TAKEN;
    }
  }

  /**
   * Asks a participant to give up a round whose leader is gone, so that the sender learns what has become of its
   * references: the answer is {@link Taken}, if that was not said before.
   */
  record Recall(RoundId round) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.RECALL;
    }
  }

  private static long bytesOf(List<Portion> portions) {
    return portions.stream().mapToLong(portion -> portion.value().bytes()).sum();
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
  record Invite(String host, int port, Secret ask, Secret answer) implements Frame {
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
    for (Map.Entry<String, String> header : headers.entrySet()) {
      bytes += header.getKey().length() + header.getValue().length();
    }
    return bytes;
  }
}
