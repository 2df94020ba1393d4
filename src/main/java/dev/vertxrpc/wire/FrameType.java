package dev.vertxrpc.wire;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of frame and their numbers on the wire: never renumber, never reuse. Immutable. */
public enum FrameType {
  // The link.
  HELLO(1, false),
  WELCOME(2, false),
  GOODBYE(3, false),
  // Calls.
  CALL(10, true),
  FETCH(11, false),
  RESULT(12, true),
  FAILURE(13, false),
  CANCEL(14, false),
  DESCRIBE(15, false),
  // References.
  REGISTER(20, false),
  REGISTERED(21, false),
  ACCEPT(22, false),
  RELEASE(23, false),
  HEARTBEAT(24, false),
  RECOUNT(25, false),
  // Rounds.
  CONTRIBUTION(30, true),
  OUTCOME(31, true),
  TAKEN(32, false),
  RECALL(33, false),
  COMBINE(34, false),
  PARTIAL(35, false),
  COMBINED(36, false),
  // Lanes.
  OFFER(40, false),
  OPENED(41, false),
  INVITE(42, false),
  CHUNK(43, false);

  private static final FrameType[] BY_CODE = new FrameType[128];

  static {
    for (FrameType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final byte code;
  private final boolean carriesForks;

  FrameType(int code, boolean carriesForks) {
    this.code = (byte) code;
    this.carriesForks = carriesForks;
  }

  byte code() {
    return code;
  }

  /** Whether a fork section comes first in its body. */
  boolean carriesForks() {
    return carriesForks;
  }

  /** Whether it has a number, and is written again until it is acknowledged; not those of the link itself. */
  boolean isNumbered() {
    return code > GOODBYE.code;
  }

  /** The type of that name, if there is one. */
  static Optional<FrameType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  static FrameType ofCode(byte code) {
    FrameType type = code < 0 ? null : BY_CODE[code];
    if (type == null) {
      throw new MalformedFrameException("frame type " + code + " is not known to this version");
    }
    return type;
  }
}
