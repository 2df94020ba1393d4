package dev.vertxrpc;

import io.vertx.core.Context;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;

/**
 * Where a Vert.x context keeps the call it serves; internal. It is a service provider because Vert.x
 * refuses to register a context local once an instance exists, so that it has to be told of the class
 * before the first one is built. Thread-safe.
 */
public final class CallContextLocal implements VertxServiceProvider {
  /** A call whose function is told when its thread waits in {@link Rpc#await}. */
  public interface Waiter {
    /** It is about to wait. */
    void pauses();

    /** It has what it waited for; returns when it may go on. */
    void goesOn();
  }

  private static final ContextLocal<CallContext> LOCAL = ContextLocal.registerLocal(CallContext.class);

  @Override
  public void init(VertxBootstrap builder) {
    // Loading this class has registered the local.
  }

  /** The call that {@code context} serves, or null. */
  public static CallContext get(Context context) {
    return LOCAL.get(context);
  }

  /**
   * Refuses a Vert.x instance that was built without this provider, in which no call could be served.
   *
   * @throws IllegalStateException saying what is missing
   */
  public static void check(Context context) {
    try {
      get(context);
    } catch (RuntimeException unregistered) {
      throw new IllegalStateException("this Vert.x instance does not know " + CallContextLocal.class.getName()
          + ": the class path lacks META-INF/services/" + VertxServiceProvider.class.getName() + " with its name; "
          + "who packs jars into one has to merge these files", unregistered);
    }
  }

  /** Makes {@code context}, a duplicate, serve {@code call}. */
  public static void put(Context context, CallContext call) {
    LOCAL.put(context, call);
  }
}
