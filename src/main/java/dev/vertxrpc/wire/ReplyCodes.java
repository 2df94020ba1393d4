package dev.vertxrpc.wire;

import io.vertx.core.eventbus.ReplyException;

/** The codes of failures as existing services of the event bus have them. Pure functions. */
public final class ReplyCodes {
  private static final int NONE = -1;

  private ReplyCodes() {}

  /** The failure code of a ReplyException or of a subclass, such as a ServiceException; -1 for any other. */
  public static int of(Throwable thrown) {
    try {
      return thrown instanceof ReplyException reply ? reply.failureCode() : NONE;
    } catch (Throwable broken) {
      // An exception whose own methods throw has no code that anybody could use.
      return NONE;
    }
  }
}
