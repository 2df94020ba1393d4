package dev.vertxrpc.ref;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.call.Receivers;
import java.lang.reflect.Type;

/** A value on its way from its function to where it is kept. Thread-safe. */
record Making(OwnedValue value, Tables tables, Disposal disposal) implements Receivers.Kept {
  @Override
  public void complete(Object made, Type type) {
    disposal.made(made);
    if (!value.complete(made, type)) {
      // Its time was over, or its worker: nobody will ever get hold of it.
      disposal.gone(made);
    }
  }

  @Override
  public boolean isHeld() {
    return tables.read(() -> tables.owned().find(value.id()).isPresent());
  }

  @Override
  public void onOrphaned(Runnable told) {
    value.onOrphaned(told);
  }

  @Override
  public void fail(RpcException failure) {
    value.fail(failure);
  }
}
