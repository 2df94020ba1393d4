package dev.vertxrpc.call;

import dev.vertxrpc.AsyncFn1;
import dev.vertxrpc.AsyncFn2;
import dev.vertxrpc.AsyncFn3;
import dev.vertxrpc.AsyncFn4;
import dev.vertxrpc.AsyncFn5;
import dev.vertxrpc.AsyncFn6;
import dev.vertxrpc.AsyncFn7;
import dev.vertxrpc.Fn1;
import dev.vertxrpc.Fn2;
import dev.vertxrpc.Fn3;
import dev.vertxrpc.Fn4;
import dev.vertxrpc.Fn5;
import dev.vertxrpc.Fn6;
import dev.vertxrpc.Fn7;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteObject;
import dev.vertxrpc.VoidFn1;
import dev.vertxrpc.VoidFn2;
import dev.vertxrpc.VoidFn3;
import dev.vertxrpc.VoidFn4;
import dev.vertxrpc.VoidFn5;
import dev.vertxrpc.VoidFn6;
import dev.vertxrpc.VoidFn7;
import dev.vertxrpc.function.MethodReference;
import dev.vertxrpc.wire.FunctionName;
import io.vertx.core.Future;
import java.io.Serializable;

/**
 * The typed ways to name a method of an object, all of which say the same: this reference, these
 * arguments. Thread-safe where its subclass is.
 *
 * @param <T> the type of the object
 */
@SuppressWarnings("overloads")
public abstract class ObjectSyntax<T> implements RemoteObject<T> {
  /** Calls {@code method}, which is no function of a class. */
  protected abstract <R> Future<R> callMethod(MethodReference method, Object[] arguments);

  /** The same, leaving the result where it is made. */
  protected abstract <R> RRef<R> remoteMethod(MethodReference method, Object[] arguments);

  @Override
  public <S> S proxy(Class<S> api) {
    return ObjectProxy.of(api, this);
  }

  private <R> Future<R> invoke(Serializable reference, Object... arguments) {
    return callMethod(method(reference), arguments);
  }

  private <R> RRef<R> invokeRemote(Serializable reference, Object... arguments) {
    return remoteMethod(method(reference), arguments);
  }

  private static MethodReference method(Serializable reference) {
    MethodReference method = MethodReference.of(reference);
    if (method.name().kind() != FunctionName.Kind.METHOD) {
      throw new IllegalArgumentException(method + " is no method of the object behind an RRef or a service; call it on"
          + " a worker, with the RRef as its argument: rpc.on(ref.owner()).call(...)");
    }
    return method;
  }

  @Override
  public final <R> Future<R> call(AsyncFn1<T, R> method) {
    return invoke(method);
  }

  @Override
  public final <R> Future<R> call(Fn1<T, R> method) {
    return invoke(method);
  }

  @Override
  public final Future<Void> call(VoidFn1<T> method) {
    return invoke(method);
  }

  @Override
  public final <A, R> Future<R> call(AsyncFn2<T, A, R> method, A a) {
    return invoke(method, a);
  }

  @Override
  public final <A, R> Future<R> call(Fn2<T, A, R> method, A a) {
    return invoke(method, a);
  }

  @Override
  public final <A> Future<Void> call(VoidFn2<T, A> method, A a) {
    return invoke(method, a);
  }

  @Override
  public final <A, B, R> Future<R> call(AsyncFn3<T, A, B, R> method, A a, B b) {
    return invoke(method, a, b);
  }

  @Override
  public final <A, B, R> Future<R> call(Fn3<T, A, B, R> method, A a, B b) {
    return invoke(method, a, b);
  }

  @Override
  public final <A, B> Future<Void> call(VoidFn3<T, A, B> method, A a, B b) {
    return invoke(method, a, b);
  }

  @Override
  public final <A, B, C, R> Future<R> call(AsyncFn4<T, A, B, C, R> method, A a, B b, C c) {
    return invoke(method, a, b, c);
  }

  @Override
  public final <A, B, C, R> Future<R> call(Fn4<T, A, B, C, R> method, A a, B b, C c) {
    return invoke(method, a, b, c);
  }

  @Override
  public final <A, B, C> Future<Void> call(VoidFn4<T, A, B, C> method, A a, B b, C c) {
    return invoke(method, a, b, c);
  }

  @Override
  public final <A, B, C, D, R> Future<R> call(AsyncFn5<T, A, B, C, D, R> method, A a, B b, C c, D d) {
    return invoke(method, a, b, c, d);
  }

  @Override
  public final <A, B, C, D, R> Future<R> call(Fn5<T, A, B, C, D, R> method, A a, B b, C c, D d) {
    return invoke(method, a, b, c, d);
  }

  @Override
  public final <A, B, C, D> Future<Void> call(VoidFn5<T, A, B, C, D> method, A a, B b, C c, D d) {
    return invoke(method, a, b, c, d);
  }

  @Override
  public final <A, B, C, D, E, R> Future<R> call(AsyncFn6<T, A, B, C, D, E, R> method, A a, B b, C c,
      D d, E e) {
    return invoke(method, a, b, c, d, e);
  }

  @Override
  public final <A, B, C, D, E, R> Future<R> call(Fn6<T, A, B, C, D, E, R> method, A a, B b, C c, D d, E e) {
    return invoke(method, a, b, c, d, e);
  }

  @Override
  public final <A, B, C, D, E> Future<Void> call(VoidFn6<T, A, B, C, D, E> method, A a, B b, C c, D d,
      E e) {
    return invoke(method, a, b, c, d, e);
  }

  @Override
  public final <A, B, C, D, E, F, R> Future<R> call(AsyncFn7<T, A, B, C, D, E, F, R> method, A a, B b,
      C c, D d, E e, F f) {
    return invoke(method, a, b, c, d, e, f);
  }

  @Override
  public final <A, B, C, D, E, F, R> Future<R> call(Fn7<T, A, B, C, D, E, F, R> method, A a, B b, C c,
      D d, E e, F f) {
    return invoke(method, a, b, c, d, e, f);
  }

  @Override
  public final <A, B, C, D, E, F> Future<Void> call(VoidFn7<T, A, B, C, D, E, F> method, A a, B b, C c,
      D d, E e, F f) {
    return invoke(method, a, b, c, d, e, f);
  }

  @Override
  public final <R> RRef<R> remote(AsyncFn1<T, R> method) {
    return invokeRemote(method);
  }

  @Override
  public final <R> RRef<R> remote(Fn1<T, R> method) {
    return invokeRemote(method);
  }

  @Override
  public final <A, R> RRef<R> remote(AsyncFn2<T, A, R> method, A a) {
    return invokeRemote(method, a);
  }

  @Override
  public final <A, R> RRef<R> remote(Fn2<T, A, R> method, A a) {
    return invokeRemote(method, a);
  }

  @Override
  public final <A, B, R> RRef<R> remote(AsyncFn3<T, A, B, R> method, A a, B b) {
    return invokeRemote(method, a, b);
  }

  @Override
  public final <A, B, R> RRef<R> remote(Fn3<T, A, B, R> method, A a, B b) {
    return invokeRemote(method, a, b);
  }

  @Override
  public final <A, B, C, R> RRef<R> remote(AsyncFn4<T, A, B, C, R> method, A a, B b, C c) {
    return invokeRemote(method, a, b, c);
  }

  @Override
  public final <A, B, C, R> RRef<R> remote(Fn4<T, A, B, C, R> method, A a, B b, C c) {
    return invokeRemote(method, a, b, c);
  }

  @Override
  public final <A, B, C, D, R> RRef<R> remote(AsyncFn5<T, A, B, C, D, R> method, A a, B b, C c, D d) {
    return invokeRemote(method, a, b, c, d);
  }

  @Override
  public final <A, B, C, D, R> RRef<R> remote(Fn5<T, A, B, C, D, R> method, A a, B b, C c, D d) {
    return invokeRemote(method, a, b, c, d);
  }

  @Override
  public final <A, B, C, D, E, R> RRef<R> remote(AsyncFn6<T, A, B, C, D, E, R> method, A a, B b, C c,
      D d, E e) {
    return invokeRemote(method, a, b, c, d, e);
  }

  @Override
  public final <A, B, C, D, E, R> RRef<R> remote(Fn6<T, A, B, C, D, E, R> method, A a, B b, C c, D d, E e) {
    return invokeRemote(method, a, b, c, d, e);
  }

  @Override
  public final <A, B, C, D, E, F, R> RRef<R> remote(AsyncFn7<T, A, B, C, D, E, F, R> method, A a, B b,
      C c, D d, E e, F f) {
    return invokeRemote(method, a, b, c, d, e, f);
  }

  @Override
  public final <A, B, C, D, E, F, R> RRef<R> remote(Fn7<T, A, B, C, D, E, F, R> method, A a, B b, C c,
      D d, E e, F f) {
    return invokeRemote(method, a, b, c, d, e, f);
  }
}
