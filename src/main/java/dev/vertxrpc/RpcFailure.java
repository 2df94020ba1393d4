package dev.vertxrpc;

import java.util.concurrent.TimeoutException;

/**
 * Why a call, a reference or a round failed. Each constant says who failed; whether the function may
 * have run, and so whether to retry, is {@link RpcException#mayHaveRun()} and {@link
 * RpcException#isRetryable()}. The codes are on the wire: never renumber, never reuse.
 */
public enum RpcFailure {
  /** Not ours: the Future failed with somebody else's exception. */
  OTHER(0),
  /** No answer before the deadline; whether the function ran is not known, unless it was not even sent. */
  TIMEOUT(1),
  /** The caller gave up, or was given up itself, or was interrupted while it waited. */
  CANCELLED(2),
  /** The group has no worker of that name or rank. The call was not sent. */
  NO_SUCH_WORKER(3),
  /** The worker crashed, or was declared lost, before it answered. */
  WORKER_LOST(4),
  /** The worker left the group in good order before it answered. */
  WORKER_LEFT(5),
  /** The callee has no such function, or serves no such object: the two sides run different builds. It did not run. */
  NO_SUCH_FUNCTION(6),
  /** The callee has the function, but nothing says that it may be called. It did not run. */
  NOT_EXPOSED(7),
  /** The function ran and failed; see {@link RpcException#remoteError()}. */
  REMOTE(8),
  /** An argument or a result could not be encoded or decoded. */
  CODEC(9),
  /** The callee, or the way to it, has as much as it takes; it did not run. */
  OVERLOADED(10),
  /** The reference was closed, here or at its owner. */
  REF_RELEASED(11),
  /** The worker that kept the value is gone, and the value with it. */
  OWNER_LOST(12),
  /** A round of a collective failed; the message names the workers that were missing or lost. */
  COLLECTIVE(13),
  /** The peer sent something that this version does not understand. */
  PROTOCOL(14),
  /** This worker has not joined its group, or has left it. */
  NOT_JOINED(15);

  private final int code;

  RpcFailure(int code) {
    this.code = code;
  }

  /** The number that stands for this failure on the wire. */
  public int code() {
    return code;
  }

  /** The failure with that code; {@link #PROTOCOL} for a code that this version does not know. */
  public static RpcFailure ofCode(int code) {
    for (RpcFailure failure : values()) {
      if (failure.code == code) {
        return failure;
      }
    }
    return PROTOCOL;
  }

  /** The failure behind {@code cause}: {@link #OTHER} where it is none of ours. */
  public static RpcFailure of(Throwable cause) {
    if (cause instanceof RpcException rpc) {
      return rpc.failure();
    }
    return cause instanceof TimeoutException ? TIMEOUT : OTHER;
  }
}
