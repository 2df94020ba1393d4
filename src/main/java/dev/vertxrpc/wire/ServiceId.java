package dev.vertxrpc.wire;

import static java.util.Objects.requireNonNull;

/** Names an object that a worker serves: the interface, and a name that is empty where it serves but one. Immutable. */
public record ServiceId(String api, String name) implements ObjectId {
  public ServiceId {
    requireNonNull(api, "api");
    requireNonNull(name, "name");
  }

  /** The same in one word, which is also the role of who serves it. */
  @Override
  public String toString() {
    return name.isEmpty() ? api : api + "/" + name;
  }
}
