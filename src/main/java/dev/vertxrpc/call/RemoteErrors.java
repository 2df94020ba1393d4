package dev.vertxrpc.call;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RpcException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns what a function threw into data that can travel. Pure functions. */
final class RemoteErrors {
  /** Long traces repeat themselves; the first frames are the ones that are read. */
  private static final int MAX_FRAMES = 64;
  private static final int MAX_DEPTH = 16;

  private RemoteErrors() {}

  static RemoteError of(Throwable thrown) {
    return of(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static RemoteError of(Throwable thrown, Set<Throwable> seen) {
    seen.add(thrown);
    List<String> frames = Arrays.stream(thrown.getStackTrace()).limit(MAX_FRAMES)
        .map(StackTraceElement::toString).toList();
    List<RemoteError> suppressed = Arrays.stream(thrown.getSuppressed())
        .filter(each -> isNew(each, seen)).map(each -> of(each, seen)).toList();
    return new RemoteError(thrown.getClass().getName(), message(thrown), frames, cause(thrown, seen), suppressed);
  }

  // Behind one hop's failure stands the next hop's: it is data already.
  private static Optional<RemoteError> cause(Throwable thrown, Set<Throwable> seen) {
    if (thrown instanceof RpcException rpc && rpc.remoteError().isPresent()) {
      return rpc.remoteError();
    }
    return Optional.ofNullable(thrown.getCause()).filter(each -> isNew(each, seen)).map(each -> of(each, seen));
  }

  private static boolean isNew(Throwable thrown, Set<Throwable> seen) {
    return seen.size() < MAX_DEPTH && !seen.contains(thrown);
  }

  // A getMessage that throws must not cost the caller its answer.
  private static String message(Throwable thrown) {
    try {
      return thrown.getMessage() == null ? "" : thrown.getMessage();
    } catch (RuntimeException broken) {
      return "(its getMessage() threw " + broken.getClass().getName() + ")";
    }
  }
}
