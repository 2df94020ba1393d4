package dev.vertxrpc.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.type.ArrayType;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteObject;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Jackson's readers for what {@link ValueSerializers} writes. Immutable.
 */
final class ValueDeserializers extends Deserializers.Base {
  private static final JsonDeserializer<Object> JSON_OBJECT = reader((in, context) ->
      jsonObject(UndeclaredReader.read(in, context)));
  private static final JsonDeserializer<Object> JSON_ARRAY = reader((in, context) -> {
    Object value = UndeclaredReader.read(in, context);
    return value instanceof List<?> list ? new JsonArray(list)
        : context.reportInputMismatch(JsonArray.class, "found no array");
  });

  @Override
  public JsonDeserializer<?> findBeanDeserializer(JavaType type, DeserializationConfig config,
                                                  BeanDescription bean) {
    Class<?> raw = type.getRawClass();
    if (raw == Object.class || raw == Serializable.class) {
      return reader(UndeclaredReader::read);
    }
    if (raw == RRef.class || raw == RemoteObject.class) {
      return chunk(RRef.class, DeclaredType.refValueType(type));
    }
    if (raw == Buffer.class || raw == ByteBuffer.class) {
      return chunk(raw, Object.class);
    }
    if (raw == JsonObject.class) {
      return JSON_OBJECT;
    }
    if (raw == JsonArray.class) {
      return JSON_ARRAY;
    }
    String refusal = Refusals.of(raw);
    if (refusal != null) {
      return reader((in, context) -> {
        throw JsonMappingException.from(in, refusal);
      });
    }
    return DataObject.of(raw).map(data ->
        reader((in, context) -> data.fromJson(jsonObject(UndeclaredReader.read(in, context)))))
        .orElse(null);
  }

  @Override
  public JsonDeserializer<?> findArrayDeserializer(ArrayType type, DeserializationConfig config,
                                                   BeanDescription bean, TypeDeserializer typeDeserializer,
                                                   JsonDeserializer<?> elementDeserializer) {
    return type.getContentType().isPrimitive() ? chunk(type.getRawClass(), Object.class) : null;
  }

  private static JsonDeserializer<Object> chunk(Class<?> expected, Type refValueType) {
    return reader((in, context) -> Chunks.read(in, context, expected, refValueType));
  }

  @SuppressWarnings("unchecked")
  private static JsonObject jsonObject(Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      // The keys of a document are strings.
      return new JsonObject((Map<String, Object>) map);
    }
    throw new IOException("found no JSON object");
  }

  private interface Read {
    Object read(JsonParser in, DeserializationContext context) throws IOException;
  }

  private static JsonDeserializer<Object> reader(Read read) {
    return new JsonDeserializer<>() {
      @Override
      public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
        return read.read(in, context);
      }

      @Override
      public Object deserializeWithType(JsonParser in, DeserializationContext context,
                                        TypeDeserializer types) throws IOException {
        return types.deserializeTypedFromAny(in, context);
      }

      @Override
      public boolean isCachable() {
        return true;
      }
    };
  }
}
