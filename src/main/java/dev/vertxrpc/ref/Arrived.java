package dev.vertxrpc.ref;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.call.ArgumentGate;
import io.vertx.core.Future;
import java.lang.reflect.Type;
import java.util.List;

/**
 * The handles that came with one frame, in the order of its fork section. Each gets the type that the
 * parameter declares where the decoder meets it, and is one handle however often it is met. Confined to
 * one thread.
 */
final class Arrived implements ArgumentGate.Arrival {
  static final Arrived NONE = new Arrived(List.of());

  private final List<Handle> handles;
  private final Reference<?>[] references;

  Arrived(List<Handle> handles) {
    this.handles = handles;
    this.references = new Reference<?>[handles.size()];
  }

  @Override
  public RRef<?> decode(int index, Type valueType) {
    if (index >= references.length) {
      throw RpcException.of(RpcFailure.CODEC, "reference " + index + " of " + references.length);
    }
    if (references[index] == null) {
      references[index] = Reference.to(handles.get(index), valueType);
    }
    return references[index];
  }

  @Override
  public Future<Void> confirmed() {
    return handles.isEmpty() ? Future.succeededFuture()
        : Future.all(handles.stream().map(Handle::confirmed).toList()).mapEmpty();
  }

  @Override
  public void discard() {
    handles.forEach(Handle::close);
  }
}
