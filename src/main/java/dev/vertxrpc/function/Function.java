package dev.vertxrpc.function;

import dev.vertxrpc.wire.FunctionName;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.List;

/**
 * A function of this worker that may be called. Immutable.
 *
 * @param text the name for messages and meters, made once
 * @param handle takes the receiver, which only methods look at, and the arguments
 * @param parameterTypes what the arguments are decoded to; without type variables
 * @param resultType what the result is encoded as; what a Future returned will hold
 * @param concurrent whether it needs no turn among the methods of its object
 */
public record Function(FunctionName name, String text, MethodHandle handle, List<Type> parameterTypes,
                Type resultType, Mode mode, boolean concurrent) {
  /** How a function runs. */
  public enum Mode {
    /** It returns a Future and never blocks. */
    ASYNC,
    /** It returns a plain value and promises not to block. */
    NON_BLOCKING,
    /** It may block. */
    BLOCKING
  }

  /** Runs the function on the thread of the caller, and throws what it throws. */
  public Object invoke(Object receiver, Object[] arguments) throws Throwable {
    return handle.invokeExact(receiver, arguments);
  }

  @Override
  public String toString() {
    return text;
  }
}
