package dev.vertxrpc;

import java.util.List;
import java.util.Optional;

/**
 * An exception as it was thrown on another worker: data, never an object of a class that the wire
 * named. Frames are the lines of its stack trace, outermost last. Immutable.
 */
public record RemoteError(String type, String message, List<String> frames,
                          Optional<RemoteError> cause, List<RemoteError> suppressed) {
  /** Copies the lists. A missing message is the empty string. */
  public RemoteError {
    frames = List.copyOf(frames);
    suppressed = List.copyOf(suppressed);
  }

  /** {@code type: message}, as a stack trace begins. */
  @Override
  public String toString() {
    return message.isEmpty() ? type : type + ": " + message;
  }
}
