package dev.vertxrpc.codec;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;

/**
 * A class in the style of Vert.x options: public {@code toJson()} and a public constructor that takes a
 * JsonObject. It travels as that JSON, because its getters and setters are rarely symmetrical. A record
 * is no such class, its components say all. Immutable.
 */
record DataObject(Method toJson, Constructor<?> fromJson) {
  static Optional<DataObject> of(Class<?> type) {
    if (type.isRecord() || Modifier.isAbstract(type.getModifiers())) {
      return Optional.empty();
    }
    try {
      Method toJson = type.getMethod("toJson");
      Constructor<?> fromJson = type.getConstructor(JsonObject.class);
      if (toJson.getReturnType() != JsonObject.class || Modifier.isStatic(toJson.getModifiers())) {
        return Optional.empty();
      }
      // The members are public, their class need not be.
      toJson.setAccessible(true);
      fromJson.setAccessible(true);
      return Optional.of(new DataObject(toJson, fromJson));
    } catch (NoSuchMethodException none) {
      return Optional.empty();
    }
  }

  JsonObject toJson(Object value) throws IOException {
    return (JsonObject) invoke(() -> toJson.invoke(value));
  }

  Object fromJson(JsonObject json) throws IOException {
    return invoke(() -> fromJson.newInstance(json));
  }

  private interface Invocation {
    Object run() throws ReflectiveOperationException;
  }

  private static Object invoke(Invocation invocation) throws IOException {
    try {
      return invocation.run();
    } catch (InvocationTargetException thrown) {
      throw new JsonMappingException(null, thrown.getCause().toString(), thrown.getCause());
    } catch (ReflectiveOperationException thrown) {
      throw new JsonMappingException(null, thrown.toString(), thrown);
    }
  }
}
