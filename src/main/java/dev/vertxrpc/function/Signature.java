package dev.vertxrpc.function;

import dev.vertxrpc.RRef;
import io.vertx.core.Future;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a function takes and gives, with its generics as far as one class binds them. The result of a
 * Future is the function's result; no result is {@link Void}. What no class binds stays a type
 * variable. Immutable.
 *
 * @param async whether a Future is returned, so that the function never blocks
 */
public record Signature(List<Type> parameterTypes, Type resultType, boolean async) {
  private static final TypeVariable<?> FUTURE_RESULT = Future.class.getTypeParameters()[0];

  /** The signature of {@code executable} as it stands in {@code context}, which declares or inherits it. */
  public static Signature of(Executable executable, Class<?> context) {
    TypeBindings bindings = TypeBindings.of(context);
    List<Type> parameters =
        Stream.of(genericParameters(executable)).map(bindings::resolve).map(Signature::anyRef).toList();
    if (!(executable instanceof Method method)) {
      // It says nothing of type arguments: Box::new makes a Box, of whatever.
      return new Signature(parameters, executable.getDeclaringClass(), false);
    }
    Type returned = bindings.resolve(method.getGenericReturnType());
    return new Signature(parameters, result(returned), Future.class.isAssignableFrom(bindings.erase(returned)));
  }

  /** Javac leaves implicit parameters (of enums, of inner classes) out of the generic ones. */
  private static Type[] genericParameters(Executable executable) {
    Type[] generic = executable.getGenericParameterTypes();
    return executable instanceof Constructor<?> && generic.length != executable.getParameterCount()
        ? executable.getParameterTypes()
        : generic;
  }

  /** A handle is decoded without knowing the type of its value: {@code RRef<T>} is any RRef. */
  private static Type anyRef(Type type) {
    return type instanceof ParameterizedType parameterized && parameterized.getRawType() == RRef.class
        && TypeBindings.variables(type).findAny().isPresent() ? RRef.class : type;
  }

  private static Type result(Type returned) {
    TypeBindings bindings = TypeBindings.of(returned);
    if (!Future.class.isAssignableFrom(bindings.erase(returned))) {
      return returned == void.class ? Void.class : returned;
    }
    Type result = bindings.resolve(FUTURE_RESULT);
    if (result instanceof WildcardType wildcard) {
      return wildcard.getUpperBounds()[0];
    }
    return result.equals(FUTURE_RESULT) ? Object.class : result;
  }
}
