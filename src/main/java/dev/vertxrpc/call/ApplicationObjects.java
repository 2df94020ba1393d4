package dev.vertxrpc.call;

import dev.vertxrpc.function.Interfaces;
import dev.vertxrpc.wire.ServiceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The objects of the application that calls can reach: those served under an interface, which others call, and
 * those provided for the functions of this worker. Filled before the join, read after it; thread-safe as long as
 * that is so.
 */
public final class ApplicationObjects {
  /** An object, and the interface that lists what may be called on it. */
  record Served(Class<?> api, Object object) {}

  private final Map<ServiceId, Served> served = new HashMap<>();
  private final Map<Class<?>, Object> provided = new HashMap<>();

  /**
   * Serves {@code object} as {@code api}, under a name that is empty where it is the only one.
   *
   * @throws IllegalArgumentException if that is no public interface, or one is served already
   */
  public <T> void serve(Class<T> api, String name, T object) {
    Interfaces.require(api, "serve an interface, or own the object as an RRef");
    Interfaces.requireInstance(api, object);
    if (served.putIfAbsent(new ServiceId(api.getName(), name), new Served(api, object)) != null) {
      throw new IllegalArgumentException("an object is served as " + new ServiceId(api.getName(), name)
          + " already; give one of them another name");
    }
  }

  /** Provides {@code object} for {@link dev.vertxrpc.CallContext#get}. */
  public <T> void provide(Class<T> type, T object) {
    Interfaces.requireInstance(type, object);
    if (provided.putIfAbsent(type, object) != null) {
      throw new IllegalArgumentException("an object is provided as " + type.getName() + " already");
    }
  }

  /** The roles of who serves these. */
  public Set<String> roles() {
    Set<String> roles = new TreeSet<>();
    served.keySet().forEach(id -> roles.add(id.toString()));
    return roles;
  }

  Optional<Served> find(ServiceId id) {
    return Optional.ofNullable(served.get(id));
  }

  /** Whether {@code object} itself is one of them. */
  public boolean contain(Object object) {
    return served.values().stream().anyMatch(each -> each.object() == object)
        || provided.values().stream().anyMatch(each -> each == object);
  }

  <T> T get(Class<T> type) {
    Object object = provided.get(type);
    if (object == null) {
      object = find(new ServiceId(type.getName(), "")).map(Served::object).orElseThrow(() ->
          new IllegalStateException("this worker provides and serves no " + type.getName() + ": call provide("
              + type.getSimpleName() + ".class, ...) before join()"));
    }
    return type.cast(object);
  }
}
