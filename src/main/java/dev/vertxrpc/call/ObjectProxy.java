package dev.vertxrpc.call;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.function.Interfaces;
import dev.vertxrpc.function.MethodReference;
import dev.vertxrpc.function.Signature;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What stands behind a proxy of an interface: its methods are calls of an object elsewhere. One that returns a Future
 * returns that of the call; any other waits for it. Default methods run here, and so do those of {@link Object}.
 * Immutable.
 */
final class ObjectProxy implements InvocationHandler {
  private static final Object[] NOTHING = {};

  /** A method of an interface, as calls name it. */
  private record Callable(MethodReference reference, boolean returnsFuture) {
    static Callable of(Class<?> api, Method method) {
      MethodReference reference = MethodReference.of(api, method);
      boolean returnsFuture = Signature.of(method, api).async();
      if (returnsFuture && !method.getReturnType().isAssignableFrom(Future.class)) {
        throw new IllegalArgumentException("In " + api.getName() + ": " + reference + " returns a "
            + method.getReturnType().getName() + ", which a proxy cannot make; let it return a Future");
      }
      return new Callable(reference, returnsFuture);
    }
  }

  /** Read when a method is first called; kept at the interface, so that nothing outlives that. */
  private static final ClassValue<Map<Method, Callable>> METHODS = new ClassValue<>() {
    @Override
    protected Map<Method, Callable> computeValue(Class<?> api) {
      return new ConcurrentHashMap<>();
    }
  };

  private final Class<?> api;
  private final ObjectSyntax<?> target;
  private final Map<Method, Callable> methods;

  private ObjectProxy(Class<?> api, ObjectSyntax<?> target) {
    this.api = api;
    this.target = target;
    this.methods = METHODS.get(api);
  }

  /** A proxy for {@code target}, whose object has the methods of {@code api}. */
  static <S> S of(Class<S> api, ObjectSyntax<?> target) {
    Interfaces.require(api, "a proxy is made of an interface");
    return api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api}, new ObjectProxy(api, target)));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
    Object[] arguments = given == null ? NOTHING : given;
    if (method.getDeclaringClass() == Object.class) {
      return ofEveryObject(proxy, method, arguments);
    }
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    Callable callable = callable(method);
    if (callable.returnsFuture()) {
      return target.callMethod(callable.reference(), arguments);
    }
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(callable.reference() + " waits for its result, and on an event loop would block"
          + " it: let the interface return a Future, or call through the object itself, call(" + api.getSimpleName()
          + "::" + method.getName() + ", ...), which returns one");
    }
    return Rpc.await(target.callMethod(callable.reference(), arguments));
  }

  private Callable callable(Method method) {
    Callable known = methods.get(method);
    return known != null ? known : methods.computeIfAbsent(method, first -> Callable.of(api, first));
  }

  private Object ofEveryObject(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "proxy " + api.getName() + " for " + target;
    };
  }
}
