package dev.vertxrpc.call;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Frame;

/** Failures to frames and back, the one place where that happens. Pure functions. */
final class Failures {
  private Failures() {}

  /** What {@code function}, which ran on {@code self}, threw or failed with. */
  static RpcException thrown(Throwable thrown, String function, WorkerInfo self) {
    RemoteError error = RemoteErrors.of(thrown);
    return RpcException.of(RpcFailure.REMOTE, function + " failed on " + self + ": " + error)
        .at(self).withRemoteError(error);
  }

  static Frame.Failure frame(long callId, RpcException failure) {
    return new Frame.Failure(callId, failure.failure(), failure.getMessage(), failure.mayHaveRun(),
        -1, failure.remoteError());
  }

  static RpcException exception(Frame.Failure frame, WorkerInfo from) {
    RpcException failure = RpcException.of(frame.failure(), frame.message()).at(from);
    return frame.error().map(failure::withRemoteError).orElse(failure).mayHaveRun(frame.mayHaveRun());
  }
}
