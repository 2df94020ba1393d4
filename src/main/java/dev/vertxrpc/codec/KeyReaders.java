package dev.vertxrpc.codec;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.KeyDeserializers;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;

/**
 * Jackson's readers of keys of maps, where its own would do what the wire says: load a class, or parse digits
 * without end. Immutable.
 */
final class KeyReaders implements KeyDeserializers {
  @Override
  public KeyDeserializer findKeyDeserializer(JavaType type, DeserializationConfig config, BeanDescription bean)
      throws JsonMappingException {
    String refusal = Refusals.of(type.getRawClass());
    if (refusal != null) {
      throw new JsonMappingException(null, "as a key: " + refusal);
    }
    if (type.hasRawClass(BigDecimal.class)) {
      return number(BigDecimal::new);
    }
    return type.hasRawClass(BigInteger.class) ? number(BigInteger::new) : null;
  }

  private static KeyDeserializer number(Function<String, Number> parse) {
    return new KeyDeserializer() {
      @Override
      public Object deserializeKey(String key, DeserializationContext context) throws IOException {
        if (key.length() > DocumentLimits.MAX_NUMBER_DIGITS) {
          throw new IOException("found a number of " + key.length() + " digits, the limit is "
              + DocumentLimits.MAX_NUMBER_DIGITS);
        }
        return parse.apply(key);
      }
    };
  }
}
