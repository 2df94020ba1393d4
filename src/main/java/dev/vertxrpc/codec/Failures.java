package dev.vertxrpc.codec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;

/**
 * Turns whatever was thrown while a value was encoded or decoded into the one exception that says which
 * value, of what type, at which path, and what to do. Immutable.
 */
final class Failures {
  private static final int MAX_MESSAGE_CHARS = 600;
  /** Names shown at either end of a long path. */
  private static final int PATH_ENDS = 8;

  private Failures() {
  }

  static RpcException encoding(String label, Type declared, Throwable thrown) {
    return failure(label, declared, "cannot be encoded", thrown);
  }

  static RpcException decoding(String label, Type declared, Throwable thrown) {
    return failure(label, declared, "cannot be decoded", thrown);
  }

  /** A body that is none, before or after its values. */
  static RpcException body(String label, IOException thrown) {
    return RpcException.of(RpcFailure.CODEC, label + ": " + thrown.getMessage());
  }

  private static RpcException failure(String label, Type declared, String what, Throwable thrown) {
    String path = thrown instanceof JsonMappingException mapping ? path(mapping.getPath()) : "";
    String message = label + " (" + name(declared) + "): " + (path.isEmpty() ? "" : path + ": ")
        + shortened(reason(what, thrown));
    RpcException failure = RpcException.of(RpcFailure.CODEC, message);
    // A plain IOException is one of ours and has said all.
    Throwable cause = thrown.getClass() == IOException.class ? thrown.getCause() : thrown;
    return cause == null ? failure : failure.withCause(cause);
  }

  private static String reason(String what, Throwable thrown) {
    if (thrown instanceof InvalidDefinitionException) {
      return text(thrown) + "; pass a record of what the other side needs, or own() it and pass the RRef";
    }
    Throwable cause = thrown instanceof JsonMappingException && thrown.getCause() != null
        ? thrown.getCause() : thrown;
    if (cause instanceof UnrecognizedPropertyException unknown) {
      return "unknown property of " + unknown.getReferringClass().getTypeName()
          + "; run the same build on both sides";
    }
    if (cause instanceof StackOverflowError) {
      return "nested too deeply for the stack of its thread, or it contains itself";
    }
    if (cause instanceof StreamConstraintsException) {
      return text(cause);
    }
    if (cause instanceof StreamReadException) {
      return "the bytes are damaged (" + text(cause) + ")";
    }
    if (cause instanceof MismatchedInputException) {
      // Written for its type it would have fitted: the types differ.
      return text(cause) + "; run the same build on both sides";
    }
    return cause.getClass() == IOException.class || cause instanceof RpcException
        || cause instanceof JacksonException ? text(cause) : what + ": " + describe(cause);
  }

  /** What {@code thrown} says, even where its own methods throw. */
  static String describe(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (Throwable broken) {
      return thrown.getClass().getName() + " (its toString() threw " + broken.getClass().getName() + ")";
    }
  }

  private static String text(Throwable thrown) {
    String text = thrown instanceof JacksonException jackson ? jackson.getOriginalMessage()
        : thrown.getMessage();
    return text != null ? text : thrown.getClass().getName();
  }

  private static String shortened(String text) {
    return text.length() <= MAX_MESSAGE_CHARS ? text : text.substring(0, MAX_MESSAGE_CHARS) + "...";
  }

  private static String path(List<JsonMappingException.Reference> references) {
    StringBuilder path = new StringBuilder();
    int size = references.size();
    for (int i = 0; i < size; i++) {
      if (size > 2 * PATH_ENDS && i == PATH_ENDS) {
        path.append("...");
        i = size - PATH_ENDS;
      }
      JsonMappingException.Reference reference = references.get(i);
      if (reference.getFieldName() == null) {
        path.append('[').append(Math.max(reference.getIndex(), 0)).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(shortened(reference.getFieldName()));
      }
    }
    return path.toString();
  }

  private static String name(Type declared) {
    return declared instanceof JavaType type ? type.toCanonical() : declared.getTypeName();
  }
}
