package dev.vertxrpc.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.WritableTypeId;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.databind.type.ArrayType;
import dev.vertxrpc.RemoteObject;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Jackson's writers for what it would write otherwise or not at all. Immutable.
 */
final class ValueSerializers extends Serializers.Base {
  private static final JsonSerializer<Object> CHUNK = writer(JsonToken.VALUE_EMBEDDED_OBJECT, Chunks::write);
  private static final JsonSerializer<Object> JSON_OBJECT = writer(JsonToken.START_OBJECT,
      (value, out, provider) -> provider.defaultSerializeValue(((JsonObject) value).getMap(), out));
  private static final JsonSerializer<Object> JSON_ARRAY = writer(JsonToken.START_ARRAY,
      (value, out, provider) -> provider.defaultSerializeValue(((JsonArray) value).getList(), out));

  @Override
  public JsonSerializer<?> findSerializer(SerializationConfig config, JavaType type, BeanDescription bean) {
    Class<?> raw = type.getRawClass();
    if (RemoteObject.class.isAssignableFrom(raw) || Buffer.class.isAssignableFrom(raw)
        || ByteBuffer.class.isAssignableFrom(raw)) {
      return CHUNK;
    }
    if (raw == JsonObject.class) {
      return JSON_OBJECT;
    }
    if (raw == JsonArray.class) {
      return JSON_ARRAY;
    }
    String refusal = Refusals.of(raw);
    if (refusal != null) {
      return refuse(refusal);
    }
    return DataObject.of(raw).map(data -> writer(JsonToken.START_OBJECT,
        (value, out, provider) -> provider.defaultSerializeValue(data.toJson(value), out))).orElse(null);
  }

  @Override
  public JsonSerializer<?> findArraySerializer(SerializationConfig config, ArrayType type,
                                               BeanDescription bean, TypeSerializer typeSerializer,
                                               JsonSerializer<Object> elementSerializer) {
    return type.getContentType().isPrimitive() ? CHUNK : null;
  }

  /** A serializer that does nothing but fail with {@code message}. */
  static JsonSerializer<Object> refuse(String message) {
    return writer(JsonToken.START_OBJECT, (value, out, provider) -> {
      throw JsonMappingException.from(out, message);
    });
  }

  private interface Write {
    void write(Object value, JsonGenerator out, SerializerProvider provider) throws IOException;
  }

  private static JsonSerializer<Object> writer(JsonToken shape, Write write) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
          throws IOException {
        write.write(value, out, provider);
      }

      @Override
      public void serializeWithType(Object value, JsonGenerator out, SerializerProvider provider,
                                    TypeSerializer types) throws IOException {
        if (shape != JsonToken.VALUE_EMBEDDED_OBJECT) {
          throw JsonMappingException.from(out, value.getClass().getTypeName()
              + " writes its own JSON and takes no @JsonTypeInfo; wrap it in a record");
        }
        WritableTypeId id = types.writeTypePrefix(out, types.typeId(value, shape));
        serialize(value, out, provider);
        types.writeTypeSuffix(out, id);
      }
    };
  }
}
