package dev.vertxrpc;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * Static functions and constructors on a worker, each named by a method reference. Arguments are
 * copied before a method here returns. Immutable; {@code withX} returns a view.
 */
@SuppressWarnings("overloads")
public interface RemoteWorker {
  /** With those options for every call. */
  RemoteWorker with(CallOptions options);

  /** With that timeout for every call; {@link Duration#ZERO}: none. */
  RemoteWorker withTimeout(Duration timeout);

  /**
   * The object that this worker serves as {@code api}, to be called with the options of this view. Where it serves
   * none, calls fail with NO_SUCH_FUNCTION.
   *
   * @throws IllegalArgumentException if {@code api} is no public interface
   */
  default <T> RemoteObject<T> service(Class<T> api) {
    return service(api, "");
  }

  /** The same, under that name. */
  <T> RemoteObject<T> service(Class<T> api, String name);

  /** Short for {@code service(api).proxy(api)}. */
  default <T> T proxy(Class<T> api) {
    return service(api).proxy(api);
  }

  // call: runs the function there and brings its result here, as a copy. A function's own Future is
  // flattened. Fails with REMOTE when the function threw, and as RpcFailure says.

  <R> Future<R> call(AsyncFn0<R> function);
  <R> Future<R> call(Fn0<R> function);
  Future<Void> call(VoidFn0 function);
  <A, R> Future<R> call(AsyncFn1<A, R> function, A a);
  <A, R> Future<R> call(Fn1<A, R> function, A a);
  <A> Future<Void> call(VoidFn1<A> function, A a);
  <A, B, R> Future<R> call(AsyncFn2<A, B, R> function, A a, B b);
  <A, B, R> Future<R> call(Fn2<A, B, R> function, A a, B b);
  <A, B> Future<Void> call(VoidFn2<A, B> function, A a, B b);
  <A, B, C, R> Future<R> call(AsyncFn3<A, B, C, R> function, A a, B b, C c);
  <A, B, C, R> Future<R> call(Fn3<A, B, C, R> function, A a, B b, C c);
  <A, B, C> Future<Void> call(VoidFn3<A, B, C> function, A a, B b, C c);
  <A, B, C, D, R> Future<R> call(AsyncFn4<A, B, C, D, R> function, A a, B b, C c, D d);
  <A, B, C, D, R> Future<R> call(Fn4<A, B, C, D, R> function, A a, B b, C c, D d);
  <A, B, C, D> Future<Void> call(VoidFn4<A, B, C, D> function, A a, B b, C c, D d);
  <A, B, C, D, E, R> Future<R> call(AsyncFn5<A, B, C, D, E, R> function, A a, B b, C c, D d, E e);
  <A, B, C, D, E, R> Future<R> call(Fn5<A, B, C, D, E, R> function, A a, B b, C c, D d, E e);
  <A, B, C, D, E> Future<Void> call(VoidFn5<A, B, C, D, E> function, A a, B b, C c, D d, E e);
  <A, B, C, D, E, F, R> Future<R> call(AsyncFn6<A, B, C, D, E, F, R> function, A a, B b, C c, D d,
      E e, F f);
  <A, B, C, D, E, F, R> Future<R> call(Fn6<A, B, C, D, E, F, R> function, A a, B b, C c, D d, E e,
      F f);
  <A, B, C, D, E, F> Future<Void> call(VoidFn6<A, B, C, D, E, F> function, A a, B b, C c, D d, E e,
      F f);

  // remote: runs the function there and leaves its result there. The reference can be used and handed
  // on at once; a function that throws fails whoever asks for the value.

  <R> RRef<R> remote(AsyncFn0<R> function);
  <R> RRef<R> remote(Fn0<R> function);
  <A, R> RRef<R> remote(AsyncFn1<A, R> function, A a);
  <A, R> RRef<R> remote(Fn1<A, R> function, A a);
  <A, B, R> RRef<R> remote(AsyncFn2<A, B, R> function, A a, B b);
  <A, B, R> RRef<R> remote(Fn2<A, B, R> function, A a, B b);
  <A, B, C, R> RRef<R> remote(AsyncFn3<A, B, C, R> function, A a, B b, C c);
  <A, B, C, R> RRef<R> remote(Fn3<A, B, C, R> function, A a, B b, C c);
  <A, B, C, D, R> RRef<R> remote(AsyncFn4<A, B, C, D, R> function, A a, B b, C c, D d);
  <A, B, C, D, R> RRef<R> remote(Fn4<A, B, C, D, R> function, A a, B b, C c, D d);
  <A, B, C, D, E, R> RRef<R> remote(AsyncFn5<A, B, C, D, E, R> function, A a, B b, C c, D d, E e);
  <A, B, C, D, E, R> RRef<R> remote(Fn5<A, B, C, D, E, R> function, A a, B b, C c, D d, E e);
  <A, B, C, D, E, F, R> RRef<R> remote(AsyncFn6<A, B, C, D, E, F, R> function, A a, B b, C c, D d,
      E e, F f);
  <A, B, C, D, E, F, R> RRef<R> remote(Fn6<A, B, C, D, E, F, R> function, A a, B b, C c, D d, E e,
      F f);

  // create: remote for constructors, whose overloads need no cast here.

  <R> RRef<R> create(Fn0<R> constructor);
  <A, R> RRef<R> create(Fn1<A, R> constructor, A a);
  <A, B, R> RRef<R> create(Fn2<A, B, R> constructor, A a, B b);
  <A, B, C, R> RRef<R> create(Fn3<A, B, C, R> constructor, A a, B b, C c);
  <A, B, C, D, R> RRef<R> create(Fn4<A, B, C, D, R> constructor, A a, B b, C c, D d);
  <A, B, C, D, E, R> RRef<R> create(Fn5<A, B, C, D, E, R> constructor, A a, B b, C c, D d, E e);
  <A, B, C, D, E, F, R> RRef<R> create(Fn6<A, B, C, D, E, F, R> constructor, A a, B b, C c, D d,
      E e, F f);
}
