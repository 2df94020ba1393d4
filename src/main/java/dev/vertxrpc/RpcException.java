package dev.vertxrpc;

import io.vertx.core.VertxException;
import java.util.Optional;

/**
 * The one exception of this toolkit: a classified {@linkplain #failure() failure}, the worker it
 * concerns, and what the caller may do about it. It has no subtypes; switch on {@link
 * RpcFailure#of(Throwable)}. It carries no local stack trace, because it is made far from the
 * caller's line. Immutable.
 */
public final class RpcException extends VertxException {
  private static final long serialVersionUID = 1L;
  private static final int NO_CODE = -1;

  private final RpcFailure failure;
  private final transient Optional<WorkerInfo> worker;
  private final boolean mayHaveRun;
  private final int remoteCode;
  private final transient Optional<RemoteError> remoteError;

  private RpcException(RpcFailure failure, String message, Optional<WorkerInfo> worker, boolean mayHaveRun,
                       int remoteCode, Optional<RemoteError> remoteError, Throwable cause) {
    super(message, cause, true);
    this.failure = failure;
    this.worker = worker;
    this.mayHaveRun = mayHaveRun;
    this.remoteCode = remoteCode;
    this.remoteError = remoteError;
  }

  /** A failure that concerns no one worker, of a function that did not run. */
  public static RpcException of(RpcFailure failure, String message) {
    return new RpcException(failure, message, Optional.empty(), false, NO_CODE, Optional.empty(), null);
  }

  /** The same, about {@code worker}. */
  public RpcException at(WorkerInfo about) {
    return new RpcException(failure, getMessage(), Optional.of(about), mayHaveRun, remoteCode, remoteError,
        getCause());
  }

  /** The same, saying whether the function may have run. */
  public RpcException mayHaveRun(boolean itMay) {
    return new RpcException(failure, getMessage(), worker, itMay, remoteCode, remoteError, getCause());
  }

  /** The same, with what was thrown over there; such a function has run. */
  public RpcException withRemoteError(RemoteError error) {
    return new RpcException(failure, getMessage(), worker, true, remoteCode, Optional.of(error), getCause());
  }

  /** The same, with the code that the function failed with. */
  public RpcException withRemoteCode(int code) {
    return new RpcException(failure, getMessage(), worker, mayHaveRun, code, remoteError, getCause());
  }

  /** The same, with a local exception behind it. */
  public RpcException withCause(Throwable cause) {
    return new RpcException(failure, getMessage(), worker, mayHaveRun, remoteCode, remoteError, cause);
  }

  /** Why. */
  public RpcFailure failure() {
    return failure;
  }

  /** The worker that failed, or did not answer. */
  public Optional<WorkerInfo> worker() {
    return worker;
  }

  /** Whether the function may have run, wholly or in part. False is certain, true is not. */
  public boolean mayHaveRun() {
    return mayHaveRun;
  }

  /** Whether the same call may succeed later, and cannot run twice by being made again. */
  public boolean isRetryable() {
    return !mayHaveRun && switch (failure) {
      case TIMEOUT, NO_SUCH_WORKER, WORKER_LOST, WORKER_LEFT, OVERLOADED -> true;
      default -> false;
    };
  }

  /**
   * The failure code of the event bus's ReplyException, or of a subclass such as a ServiceException, that the function
   * threw or failed its Future with; -1 where it was another exception, or the failure is not REMOTE.
   */
  public int remoteCode() {
    return remoteCode;
  }

  /**
   * What the function threw, where it threw; {@link #getCause()} is an object of that class only where code registered
   * a factory for it.
   */
  public Optional<RemoteError> remoteError() {
    return remoteError;
  }
}
