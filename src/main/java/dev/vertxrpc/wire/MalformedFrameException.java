package dev.vertxrpc.wire;

/** Bytes that are no frame of this version; the message says what was found. Never leaves {@code wire}. */
final class MalformedFrameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedFrameException(String message) {
    super(message, null, false, false);
  }
}
