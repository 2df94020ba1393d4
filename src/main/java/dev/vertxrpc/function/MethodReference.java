package dev.vertxrpc.function;

import dev.vertxrpc.wire.FunctionName;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;

/**
 * What a method reference refers to, as the caller's build has it: the name to send and the types to
 * encode arguments and decode the result with. Immutable.
 *
 * @param text the name for messages and meters, made once
 * @param parameterTypes without the receiver
 * @param resultType what a Future returned will hold; {@code Void.class} where there is no result
 * @param receiver the class of the object as the caller knows it; null unless the name is a METHOD
 */
public record MethodReference(FunctionName name, String text, List<Type> parameterTypes, Type resultType,
                              Class<?> receiver) {
  /**
   * What {@code function} refers to. Read once per call site, a look-up after that.
   *
   * @throws IllegalArgumentException if it is not a reference that names a function; the message says
   *     what to write instead
   */
  public static MethodReference of(Serializable function) {
    return MethodReferences.of(function);
  }

  /**
   * What a reference to {@code method} on a {@code receiver} would be, for calls made through a proxy.
   *
   * @throws IllegalArgumentException if its types are not concrete in {@code receiver}
   */
  public static MethodReference of(Class<?> receiver, Method method) {
    return MethodReferences.of(receiver, method);
  }

  @Override
  public String toString() {
    return text;
  }
}
