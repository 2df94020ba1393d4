package dev.vertxrpc;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * Methods of one object elsewhere, each named by a method reference. Arguments are copied before a
 * method here returns.
 *
 * @param <T> the type of the object
 */
@SuppressWarnings("overloads")
public interface RemoteObject<T> {
  /** With those options for every call. */
  RemoteObject<T> with(CallOptions options);

  /** With that timeout for every call; {@link Duration#ZERO}: none. */
  RemoteObject<T> withTimeout(Duration timeout);

  /**
   * The object as an {@code api}: its methods are calls, made with the options of this view. One that returns a Future
   * returns that of the call; any other waits for its result, as {@link Rpc#await} does, and on an event loop throws
   * at once. Default methods run here, over the proxy; {@code toString}, {@code equals} and {@code hashCode} are the
   * proxy's own. Failures are {@link RpcException}s.
   *
   * @param <S> an interface of the object
   * @throws IllegalArgumentException if {@code api} is no public interface, or none that a service is served as
   */
  <S> S proxy(Class<S> api);

  // call: runs the method there and brings its result here, as a copy.

  <R> Future<R> call(AsyncFn1<T, R> method);
  <R> Future<R> call(Fn1<T, R> method);
  Future<Void> call(VoidFn1<T> method);
  <A, R> Future<R> call(AsyncFn2<T, A, R> method, A a);
  <A, R> Future<R> call(Fn2<T, A, R> method, A a);
  <A> Future<Void> call(VoidFn2<T, A> method, A a);
  <A, B, R> Future<R> call(AsyncFn3<T, A, B, R> method, A a, B b);
  <A, B, R> Future<R> call(Fn3<T, A, B, R> method, A a, B b);
  <A, B> Future<Void> call(VoidFn3<T, A, B> method, A a, B b);
  <A, B, C, R> Future<R> call(AsyncFn4<T, A, B, C, R> method, A a, B b, C c);
  <A, B, C, R> Future<R> call(Fn4<T, A, B, C, R> method, A a, B b, C c);
  <A, B, C> Future<Void> call(VoidFn4<T, A, B, C> method, A a, B b, C c);
  <A, B, C, D, R> Future<R> call(AsyncFn5<T, A, B, C, D, R> method, A a, B b, C c, D d);
  <A, B, C, D, R> Future<R> call(Fn5<T, A, B, C, D, R> method, A a, B b, C c, D d);
  <A, B, C, D> Future<Void> call(VoidFn5<T, A, B, C, D> method, A a, B b, C c, D d);
  <A, B, C, D, E, R> Future<R> call(AsyncFn6<T, A, B, C, D, E, R> method, A a, B b, C c, D d, E e);
  <A, B, C, D, E, R> Future<R> call(Fn6<T, A, B, C, D, E, R> method, A a, B b, C c, D d, E e);
  <A, B, C, D, E> Future<Void> call(VoidFn6<T, A, B, C, D, E> method, A a, B b, C c, D d, E e);
  <A, B, C, D, E, F, R> Future<R> call(AsyncFn7<T, A, B, C, D, E, F, R> method, A a, B b, C c, D d,
      E e, F f);
  <A, B, C, D, E, F, R> Future<R> call(Fn7<T, A, B, C, D, E, F, R> method, A a, B b, C c, D d, E e,
      F f);
  <A, B, C, D, E, F> Future<Void> call(VoidFn7<T, A, B, C, D, E, F> method, A a, B b, C c, D d,
      E e, F f);

  // remote: runs the method there and leaves its result there.

  <R> RRef<R> remote(AsyncFn1<T, R> method);
  <R> RRef<R> remote(Fn1<T, R> method);
  <A, R> RRef<R> remote(AsyncFn2<T, A, R> method, A a);
  <A, R> RRef<R> remote(Fn2<T, A, R> method, A a);
  <A, B, R> RRef<R> remote(AsyncFn3<T, A, B, R> method, A a, B b);
  <A, B, R> RRef<R> remote(Fn3<T, A, B, R> method, A a, B b);
  <A, B, C, R> RRef<R> remote(AsyncFn4<T, A, B, C, R> method, A a, B b, C c);
  <A, B, C, R> RRef<R> remote(Fn4<T, A, B, C, R> method, A a, B b, C c);
  <A, B, C, D, R> RRef<R> remote(AsyncFn5<T, A, B, C, D, R> method, A a, B b, C c, D d);
  <A, B, C, D, R> RRef<R> remote(Fn5<T, A, B, C, D, R> method, A a, B b, C c, D d);
  <A, B, C, D, E, R> RRef<R> remote(AsyncFn6<T, A, B, C, D, E, R> method, A a, B b, C c, D d, E e);
  <A, B, C, D, E, R> RRef<R> remote(Fn6<T, A, B, C, D, E, R> method, A a, B b, C c, D d, E e);
  <A, B, C, D, E, F, R> RRef<R> remote(AsyncFn7<T, A, B, C, D, E, F, R> method, A a, B b, C c, D d,
      E e, F f);
  <A, B, C, D, E, F, R> RRef<R> remote(Fn7<T, A, B, C, D, E, F, R> method, A a, B b, C c, D d, E e,
      F f);
}
