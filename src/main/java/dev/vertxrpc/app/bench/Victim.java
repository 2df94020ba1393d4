package dev.vertxrpc.app.bench;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.Remote;

/** How a worker is asked to go by itself. Stateless. */
@Remote
public final class Victim {
  private Victim() {}

  /** Closes the worker that is called: it says GOODBYE at once. */
  @NonBlocking
  public static void close() {
    CallContext.current().get(BenchVerticle.class).end();
  }

  /** Undeploys its verticle: it leaves, and waits for the calls that it serves as long as its config says. */
  @NonBlocking
  public static void undeploy() {
    CallContext.current().get(BenchVerticle.class).undeploy();
  }
}
