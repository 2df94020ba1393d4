package dev.vertxrpc.ref;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.ObjectSyntax;
import dev.vertxrpc.function.MethodReference;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.ref.Cleaner;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The RRef that users hold: a view of a {@link Handle} with a type and options. When the last view of a
 * handle that was never closed has become garbage, the handle is closed. Serializers other than the one of calls
 * find that it can be serialized, only to be told that it cannot: nobody would count what they copy. Immutable.
 *
 * @param <T> the type of the value
 */
final class Reference<T> extends ObjectSyntax<T> implements RRef<T>, JsonSerializable, Serializable {
  private static final long serialVersionUID = 1L;
  /** One thread for the whole JVM, as the platform's own cleaner has. */
  private static final Cleaner CLEANER = Cleaner.create();

  /** What the views of a handle share and nothing else refers to. */
  private record Anchor(Object garbage, Cleaner.Cleanable release) {
    static Anchor of(Handle handle) {
      Object garbage = new Object();
      return new Anchor(garbage, CLEANER.register(garbage, handle::close));
    }
  }

  private final transient Handle handle;
  private final transient Anchor anchor;
  private final transient Type type;
  private final transient CallOptions options;

  private Reference(Handle handle, Anchor anchor, Type type, CallOptions options) {
    this.handle = handle;
    this.anchor = anchor;
    this.type = type;
    this.options = options;
  }

  static <T> Reference<T> to(Handle handle, Type type) {
    return new Reference<>(handle, Anchor.of(handle), type, CallOptions.create());
  }

  Handle handle() {
    return handle;
  }

  @Override
  public RRef<T> with(CallOptions others) {
    return new Reference<>(handle, anchor, type, others);
  }

  @Override
  public RRef<T> withTimeout(Duration timeout) {
    return with(options.withTimeout(timeout));
  }

  @Override
  public Future<T> toHere() {
    return usable("toHere", () -> handle.fetch(type, options));
  }

  @Override
  public Future<String> type() {
    return usable("type", () -> handle.type(options));
  }

  @Override
  protected <R> Future<R> callMethod(MethodReference method, Object[] arguments) {
    return usable(method.text(), () -> handle.call(method, arguments, options));
  }

  @Override
  protected <R> RRef<R> remoteMethod(MethodReference method, Object[] arguments) {
    try {
      handle.check();
      return handle.remote(method, arguments, options);
    } catch (RpcException unusable) {
      return handle.refs().failed(method, unusable);
    } finally {
      keepUntilHere();
    }
  }

  // Before the call is on its way, nobody may find that the caller has no more use for the handle.
  private void keepUntilHere() {
    java.lang.ref.Reference.reachabilityFence(anchor);
  }

  private <R> Future<R> usable(String function, Supplier<Future<R>> use) {
    try {
      handle.check();
      return use.get();
    } catch (RpcException unusable) {
      return handle.refs().calls().failed(function, unusable);
    } finally {
      keepUntilHere();
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public T localValue() {
    handle.check();
    return (T) handle.localValue();
  }

  @Override
  public WorkerInfo owner() {
    return handle.owner();
  }

  @Override
  public boolean isOwner() {
    return handle.isOwner();
  }

  @Override
  public Future<Void> confirmed() {
    return handle.refs().onCaller(handle.confirmed());
  }

  @Override
  public boolean isConfirmed() {
    return handle.isConfirmed();
  }

  @Override
  public void close() {
    anchor.release().clean();
  }

  @Override
  public void serialize(JsonGenerator out, SerializerProvider serializers) throws IOException {
    throw JsonMappingException.from(out, refusal());
  }

  @Override
  public void serializeWithType(JsonGenerator out, SerializerProvider serializers, TypeSerializer types)
      throws IOException {
    serialize(out, serializers);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    throw new NotSerializableException(refusal());
  }

  private String refusal() {
    return this + " cannot be serialized: references travel in calls only, as arguments, results and what is in them";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reference<?> reference && reference.handle == handle;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(handle);
  }

  @Override
  public String toString() {
    return "RRef<" + type.getTypeName() + ">(" + handle + ")";
  }
}
