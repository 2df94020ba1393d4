package dev.vertxrpc.call;

import dev.vertxrpc.AsyncFn0;
import dev.vertxrpc.AsyncFn1;
import dev.vertxrpc.AsyncFn2;
import dev.vertxrpc.AsyncFn3;
import dev.vertxrpc.AsyncFn4;
import dev.vertxrpc.AsyncFn5;
import dev.vertxrpc.AsyncFn6;
import dev.vertxrpc.Fn0;
import dev.vertxrpc.Fn1;
import dev.vertxrpc.Fn2;
import dev.vertxrpc.Fn3;
import dev.vertxrpc.Fn4;
import dev.vertxrpc.Fn5;
import dev.vertxrpc.Fn6;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.VoidFn0;
import dev.vertxrpc.VoidFn1;
import dev.vertxrpc.VoidFn2;
import dev.vertxrpc.VoidFn3;
import dev.vertxrpc.VoidFn4;
import dev.vertxrpc.VoidFn5;
import dev.vertxrpc.VoidFn6;
import io.vertx.core.Future;
import java.io.Serializable;

/**
 * The typed ways to name a function of a worker, all of which say the same: this reference, these
 * arguments. Immutable.
 */
@SuppressWarnings("overloads")
public abstract class WorkerSyntax implements RemoteWorker {
  /** Calls the function or constructor that {@code reference} names. */
  protected abstract <R> Future<R> invoke(Serializable reference, Object... arguments);

  /** The same, leaving the result where it is made. */
  protected abstract <R> RRef<R> invokeRemote(Serializable reference, Object... arguments);

  @Override
  public final <R> Future<R> call(AsyncFn0<R> function) {
    return invoke(function);
  }

  @Override
  public final <R> Future<R> call(Fn0<R> function) {
    return invoke(function);
  }

  @Override
  public final Future<Void> call(VoidFn0 function) {
    return invoke(function);
  }

  @Override
  public final <A, R> Future<R> call(AsyncFn1<A, R> function, A a) {
    return invoke(function, a);
  }

  @Override
  public final <A, R> Future<R> call(Fn1<A, R> function, A a) {
    return invoke(function, a);
  }

  @Override
  public final <A> Future<Void> call(VoidFn1<A> function, A a) {
    return invoke(function, a);
  }

  @Override
  public final <A, B, R> Future<R> call(AsyncFn2<A, B, R> function, A a, B b) {
    return invoke(function, a, b);
  }

  @Override
  public final <A, B, R> Future<R> call(Fn2<A, B, R> function, A a, B b) {
    return invoke(function, a, b);
  }

  @Override
  public final <A, B> Future<Void> call(VoidFn2<A, B> function, A a, B b) {
    return invoke(function, a, b);
  }

  @Override
  public final <A, B, C, R> Future<R> call(AsyncFn3<A, B, C, R> function, A a, B b, C c) {
    return invoke(function, a, b, c);
  }

  @Override
  public final <A, B, C, R> Future<R> call(Fn3<A, B, C, R> function, A a, B b, C c) {
    return invoke(function, a, b, c);
  }

  @Override
  public final <A, B, C> Future<Void> call(VoidFn3<A, B, C> function, A a, B b, C c) {
    return invoke(function, a, b, c);
  }

  @Override
  public final <A, B, C, D, R> Future<R> call(AsyncFn4<A, B, C, D, R> function, A a, B b, C c, D d) {
    return invoke(function, a, b, c, d);
  }

  @Override
  public final <A, B, C, D, R> Future<R> call(Fn4<A, B, C, D, R> function, A a, B b, C c, D d) {
    return invoke(function, a, b, c, d);
  }

  @Override
  public final <A, B, C, D> Future<Void> call(VoidFn4<A, B, C, D> function, A a, B b, C c, D d) {
    return invoke(function, a, b, c, d);
  }

  @Override
  public final <A, B, C, D, E, R> Future<R> call(AsyncFn5<A, B, C, D, E, R> function, A a, B b, C c, D d,
      E e) {
    return invoke(function, a, b, c, d, e);
  }

  @Override
  public final <A, B, C, D, E, R> Future<R> call(Fn5<A, B, C, D, E, R> function, A a, B b, C c, D d, E e) {
    return invoke(function, a, b, c, d, e);
  }

  @Override
  public final <A, B, C, D, E> Future<Void> call(VoidFn5<A, B, C, D, E> function, A a, B b, C c, D d, E e) {
    return invoke(function, a, b, c, d, e);
  }

  @Override
  public final <A, B, C, D, E, F, R> Future<R> call(AsyncFn6<A, B, C, D, E, F, R> function, A a, B b,
      C c, D d, E e, F f) {
    return invoke(function, a, b, c, d, e, f);
  }

  @Override
  public final <A, B, C, D, E, F, R> Future<R> call(Fn6<A, B, C, D, E, F, R> function, A a, B b, C c,
      D d, E e, F f) {
    return invoke(function, a, b, c, d, e, f);
  }

  @Override
  public final <A, B, C, D, E, F> Future<Void> call(VoidFn6<A, B, C, D, E, F> function, A a, B b, C c,
      D d, E e, F f) {
    return invoke(function, a, b, c, d, e, f);
  }

  @Override
  public final <R> RRef<R> remote(AsyncFn0<R> function) {
    return invokeRemote(function);
  }

  @Override
  public final <R> RRef<R> remote(Fn0<R> function) {
    return invokeRemote(function);
  }

  @Override
  public final <A, R> RRef<R> remote(AsyncFn1<A, R> function, A a) {
    return invokeRemote(function, a);
  }

  @Override
  public final <A, R> RRef<R> remote(Fn1<A, R> function, A a) {
    return invokeRemote(function, a);
  }

  @Override
  public final <A, B, R> RRef<R> remote(AsyncFn2<A, B, R> function, A a, B b) {
    return invokeRemote(function, a, b);
  }

  @Override
  public final <A, B, R> RRef<R> remote(Fn2<A, B, R> function, A a, B b) {
    return invokeRemote(function, a, b);
  }

  @Override
  public final <A, B, C, R> RRef<R> remote(AsyncFn3<A, B, C, R> function, A a, B b, C c) {
    return invokeRemote(function, a, b, c);
  }

  @Override
  public final <A, B, C, R> RRef<R> remote(Fn3<A, B, C, R> function, A a, B b, C c) {
    return invokeRemote(function, a, b, c);
  }

  @Override
  public final <A, B, C, D, R> RRef<R> remote(AsyncFn4<A, B, C, D, R> function, A a, B b, C c, D d) {
    return invokeRemote(function, a, b, c, d);
  }

  @Override
  public final <A, B, C, D, R> RRef<R> remote(Fn4<A, B, C, D, R> function, A a, B b, C c, D d) {
    return invokeRemote(function, a, b, c, d);
  }

  @Override
  public final <A, B, C, D, E, R> RRef<R> remote(AsyncFn5<A, B, C, D, E, R> function, A a, B b, C c, D d,
      E e) {
    return invokeRemote(function, a, b, c, d, e);
  }

  @Override
  public final <A, B, C, D, E, R> RRef<R> remote(Fn5<A, B, C, D, E, R> function, A a, B b, C c, D d, E e) {
    return invokeRemote(function, a, b, c, d, e);
  }

  @Override
  public final <A, B, C, D, E, F, R> RRef<R> remote(AsyncFn6<A, B, C, D, E, F, R> function, A a, B b,
      C c, D d, E e, F f) {
    return invokeRemote(function, a, b, c, d, e, f);
  }

  @Override
  public final <A, B, C, D, E, F, R> RRef<R> remote(Fn6<A, B, C, D, E, F, R> function, A a, B b, C c,
      D d, E e, F f) {
    return invokeRemote(function, a, b, c, d, e, f);
  }

  @Override
  public final <R> RRef<R> create(Fn0<R> constructor) {
    return invokeRemote(constructor);
  }

  @Override
  public final <A, R> RRef<R> create(Fn1<A, R> constructor, A a) {
    return invokeRemote(constructor, a);
  }

  @Override
  public final <A, B, R> RRef<R> create(Fn2<A, B, R> constructor, A a, B b) {
    return invokeRemote(constructor, a, b);
  }

  @Override
  public final <A, B, C, R> RRef<R> create(Fn3<A, B, C, R> constructor, A a, B b, C c) {
    return invokeRemote(constructor, a, b, c);
  }

  @Override
  public final <A, B, C, D, R> RRef<R> create(Fn4<A, B, C, D, R> constructor, A a, B b, C c, D d) {
    return invokeRemote(constructor, a, b, c, d);
  }

  @Override
  public final <A, B, C, D, E, R> RRef<R> create(Fn5<A, B, C, D, E, R> constructor, A a, B b, C c, D d,
      E e) {
    return invokeRemote(constructor, a, b, c, d, e);
  }

  @Override
  public final <A, B, C, D, E, F, R> RRef<R> create(Fn6<A, B, C, D, E, F, R> constructor, A a, B b, C c,
      D d, E e, F f) {
    return invokeRemote(constructor, a, b, c, d, e, f);
  }
}
