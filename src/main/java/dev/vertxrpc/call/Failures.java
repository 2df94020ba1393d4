package dev.vertxrpc.call;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.ReplyCodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where what a function threw becomes a failure, and failures become frames and failures again.
 * Thread-safe.
 */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final WorkerInfo self;
  private final boolean exposeStackTraces;
  private final ExceptionFactories factories;

  /** Those of {@code self}, which lets others see its stack traces or does not. */
  public Failures(WorkerInfo self, boolean exposeStackTraces, ExceptionFactories factories) {
    this.self = self;
    this.exposeStackTraces = exposeStackTraces;
    this.factories = factories;
  }

  /**
   * What {@code function}, which ran here as that call, threw or failed with. Logged here, once, with its stack trace:
   * at INFO, because the caller is told as well and knows whether it is a problem; the meter of served calls counts it.
   */
  RpcException thrown(Throwable thrown, String function, WorkerInfo caller, long callId) {
    log(thrown, function, caller, callId);
    RemoteError error = RemoteErrors.of(thrown, exposeStackTraces);
    return RpcException.of(RpcFailure.REMOTE, function + " failed on " + self + ", call " + callId + ": " + error)
        .at(self).withRemoteError(error).withRemoteCode(ReplyCodes.of(thrown));
  }

  /** The same failure of a call that was refused here, in words that name function, worker and number. */
  RpcException refused(RpcException why, String function, long callId) {
    return RpcException.of(why.failure(), function + " on " + self + ", call " + callId + ": " + why.getMessage())
        .mayHaveRun(why.mayHaveRun()).withCause(why.getCause());
  }

  private static void log(Throwable thrown, String function, WorkerInfo caller, long callId) {
    try {
      LOG.info("event=function-failed function={} caller={} call={}", function, caller, callId, thrown);
    } catch (Throwable broken) {
      // A logger asks the exception for its message, and that may throw.
      LOG.info("event=function-failed function={} caller={} call={} type={}", function, caller, callId,
          thrown.getClass().getName());
    }
  }

  static Frame.Failure frame(long callId, RpcException failure) {
    return new Frame.Failure(callId, failure.failure(), failure.getMessage(), failure.mayHaveRun(),
        failure.remoteCode(), failure.remoteError());
  }

  /** What {@code from} says of a call to it. */
  RpcException exception(Frame.Failure frame, WorkerInfo from) {
    RpcException failure = RpcException.of(frame.failure(), frame.message()).at(from);
    return restored(frame.error().map(failure::withRemoteError).orElse(failure)
        .mayHaveRun(frame.mayHaveRun()).withRemoteCode(frame.remoteCode()));
  }

  /** The failure as the application sees it, caused by an exception of the original class where a factory makes one. */
  RpcException restored(RpcException failure) {
    return factories.restore(failure);
  }
}
