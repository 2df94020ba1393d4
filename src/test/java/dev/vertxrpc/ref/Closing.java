package dev.vertxrpc.ref;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.testing.Gates;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Values that are closed, and functions that make them; which thread closed which is noted under a name. */
@Remote
public final class Closing {
  private static final Map<String, List<String>> CLOSED = new ConcurrentHashMap<>();

  private Closing() {}

  /** A value that is to be closed. Thread-safe. */
  @Remote
  public static class Resource implements AutoCloseable {
    private final String name;

    public Resource(String name) {
      this.name = name;
    }

    /** Whether it is open once the gate is. */
    public Future<Boolean> isOpenAfter(String gate) {
      return Gates.opened(gate).map(open -> closed(name).isEmpty());
    }

    /** It is kept once more. */
    public Resource again() {
      return this;
    }

    @Override
    public void close() {
      closed(name).add(Context.isOnEventLoopThread() ? "event loop" : Thread.currentThread().getName());
    }
  }

  /** One that cannot be closed. */
  @Remote
  public static final class Stuck extends Resource {
    public Stuck(String name) {
      super(name);
    }

    @Override
    public void close() {
      super.close();
      throw new IllegalStateException("stuck");
    }
  }

  /** The names of the threads that have closed it. */
  static List<String> closed(String name) {
    return CLOSED.computeIfAbsent(name, first -> new CopyOnWriteArrayList<>());
  }

  public static Future<Resource> after(String gate, String name) {
    Gates.open(gate + " waited for");
    return Gates.opened(gate).map(open -> new Resource(name));
  }

  /** What the worker provides. */
  public static Resource provided() {
    return CallContext.current().get(Resource.class);
  }

  public static RRef<Resource> owned(String name) {
    return CallContext.current().rpc().own(new Resource(name));
  }

  /** A value that is a reference to a value there. */
  public static RRef<Resource> createOn(String worker, String name) {
    return CallContext.current().rpc().on(worker).create(Resource::new, name);
  }

  public static RRef<Resource> pass(RRef<Resource> handle) {
    return handle;
  }

  /** Blocks until the gate is open. */
  public static void hold(String gate) {
    Rpc.await(Gates.opened(gate));
  }
}
