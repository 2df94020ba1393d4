package dev.vertxrpc.ref;

import dev.vertxrpc.call.Receivers;
import dev.vertxrpc.call.Turns;
import io.vertx.core.Future;
import java.lang.reflect.Type;
import java.util.Optional;

/** A kept value that a call uses: as long as it does, the value is not closed. Thread-safe. */
record Use(OwnedValue used, Tables tables) implements Receivers.Receiver {
  @Override
  public Future<Object> value() {
    return used.value();
  }

  @Override
  public Type type() {
    return used.type();
  }

  @Override
  public Optional<Class<?>> api() {
    return used.api();
  }

  @Override
  public Turns turns() {
    return used.turns();
  }

  @Override
  public void end() {
    tables.change(() -> tables.owned().dropLocalHandle(used));
  }
}
