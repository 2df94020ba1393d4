package dev.vertxrpc.call;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RpcException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Turns what a function threw into data that can travel. Pure functions. */
final class RemoteErrors {
  /** Long traces repeat themselves; the first frames are the ones that are read. */
  private static final int MAX_FRAMES = 64;
  private static final int MAX_DEPTH = 16;
  /** Whoever reads more has to look at the log of the worker where it was thrown. */
  private static final int MAX_MESSAGE_CHARS = 16_384;

  private RemoteErrors() {}

  /** With or without the frames of stack traces, here and in whatever stands behind it. */
  static RemoteError of(Throwable thrown, boolean withFrames) {
    RemoteError error = of(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    return withFrames ? error : withoutFrames(error);
  }

  private static RemoteError withoutFrames(RemoteError error) {
    return new RemoteError(error.type(), error.message(), List.of(), error.cause().map(RemoteErrors::withoutFrames),
        error.suppressed().stream().map(RemoteErrors::withoutFrames).toList());
  }

  private static RemoteError of(Throwable thrown, Set<Throwable> seen) {
    seen.add(thrown);
    List<String> frames = Arrays.stream(ask(thrown::getStackTrace, new StackTraceElement[0])).limit(MAX_FRAMES)
        .map(String::valueOf).toList();
    // The cause first: what was seen there is not told again among what was suppressed.
    Optional<RemoteError> cause = cause(thrown, seen);
    List<RemoteError> suppressed = Arrays.stream(thrown.getSuppressed())
        .filter(each -> isNew(each, seen)).map(each -> of(each, seen)).toList();
    return new RemoteError(thrown.getClass().getName(), message(thrown), frames, cause, suppressed);
  }

  // Behind one hop's failure stands the next hop's: it is data already.
  private static Optional<RemoteError> cause(Throwable thrown, Set<Throwable> seen) {
    if (thrown instanceof RpcException rpc && rpc.remoteError().isPresent()) {
      return rpc.remoteError().map(error -> cut(error, MAX_DEPTH));
    }
    return Optional.ofNullable(ask(thrown::getCause, null)).filter(each -> isNew(each, seen))
        .map(each -> of(each, seen));
  }

  // Each hop adds to it, and the wire refuses what is too deep: the caller would get no answer.
  private static RemoteError cut(RemoteError error, int depth) {
    return new RemoteError(error.type(), error.message(), error.frames(),
        error.cause().filter(each -> depth > 1).map(each -> cut(each, depth - 1)),
        depth > 1 ? error.suppressed().stream().map(each -> cut(each, depth - 1)).toList() : List.of());
  }

  private static boolean isNew(Throwable thrown, Set<Throwable> seen) {
    return seen.size() < MAX_DEPTH && !seen.contains(thrown);
  }

  private static String message(Throwable thrown) {
    try {
      String message = Objects.requireNonNullElse(thrown.getMessage(), "");
      return message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS) + "... ("
          + message.length() + " characters)";
    } catch (Throwable broken) {
      return "(its getMessage() threw " + broken.getClass().getName() + ")";
    }
  }

  // An exception whose own methods throw must not cost the caller its answer.
  private static <T> T ask(Supplier<T> method, T otherwise) {
    try {
      return method.get();
    } catch (Throwable broken) {
      return otherwise;
    }
  }
}
