package dev.vertxrpc.call;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RpcException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How what other workers' functions threw becomes an exception of its own class again: by factories that code
 * registered, never by a class or a constructor that the wire named. Filled before the join, read after it;
 * thread-safe as long as that is so.
 */
public final class ExceptionFactories {
  private static final Logger LOG = LoggerFactory.getLogger(ExceptionFactories.class);

  private final Map<String, Function<RemoteError, ? extends Throwable>> factories = new HashMap<>();

  /**
   * Has {@code factory} make the exceptions of exactly that class.
   *
   * @throws IllegalArgumentException if something else makes them already
   */
  public <E extends Throwable> void add(Class<E> type, Function<RemoteError, ? extends E> factory) {
    Objects.requireNonNull(factory, "factory");
    if (factories.putIfAbsent(type.getName(), factory) != null) {
      throw new IllegalArgumentException("a factory for " + type.getName()
          + " is registered already; keep one of them");
    }
  }

  /** The failure with its cause made again; as it is where there is no factory, or the factory fails. */
  RpcException restore(RpcException failure) {
    RemoteError error = failure.remoteError().orElse(null);
    Function<RemoteError, ? extends Throwable> factory = error == null ? null : factories.get(error.type());
    if (factory == null) {
      return failure;
    }
    try {
      return failure.withCause(Objects.requireNonNull(factory.apply(error), "the factory made null"));
    } catch (Throwable broken) {
      // The caller gets what there is: a factory must not hide the failure that it was given.
      LOG.warn("event=restore-failed type={}", error.type(), broken);
      return failure;
    }
  }
}
