package dev.vertxrpc.wire;

/** What a socket is for that a peer is invited to connect, and its number on the wire. Immutable. */
enum SocketUse {
  /** Large bulk, one way. */
  LANE(1),
  /** Batches, both ways. */
  STREAM(2);

  private final byte code;

  SocketUse(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static SocketUse ofCode(byte code) {
    for (SocketUse use : values()) {
      if (use.code == code) {
        return use;
      }
    }
    throw new MalformedFrameException("a socket for use " + code + ", which is not known to this version");
  }
}
