package dev.vertxrpc.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what was declared as Object, or not at all: maps, lists and scalars as in JSON, and chunks as
 * what they were. The parser bounds the depth. Immutable.
 */
final class UndeclaredReader {
  private UndeclaredReader() {
  }

  static Object read(JsonParser in, DeserializationContext context) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT, FIELD_NAME, END_OBJECT -> readMap(in, context);
      case START_ARRAY -> readList(in, context);
      case VALUE_EMBEDDED_OBJECT -> Chunks.read(in, context, Object.class, Object.class);
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> context.handleUnexpectedToken(Object.class, in);
    };
  }

  // After a type id was taken out the parser may stand at the first name, or at the end.
  private static Map<String, Object> readMap(JsonParser in, DeserializationContext context)
      throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    String name = in.isExpectedStartObjectToken() ? in.nextFieldName()
        : in.hasToken(JsonToken.FIELD_NAME) ? in.currentName() : null;
    for (; name != null; name = in.nextFieldName()) {
      requireToken(in.nextToken(), in, context);
      map.put(name, read(in, context));
    }
    return map;
  }

  private static List<Object> readList(JsonParser in, DeserializationContext context) throws IOException {
    List<Object> list = new ArrayList<>();
    while (requireToken(in.nextToken(), in, context) != JsonToken.END_ARRAY) {
      list.add(read(in, context));
    }
    return list;
  }

  private static JsonToken requireToken(JsonToken token, JsonParser in, DeserializationContext context)
      throws IOException {
    if (token == null) {
      context.reportInputMismatch(Object.class, "the document ends early");
    }
    return token;
  }
}
