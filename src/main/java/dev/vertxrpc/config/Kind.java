package dev.vertxrpc.config;

import io.vertx.core.json.JsonArray;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the values of a key look like: in words, for messages; how one is read from JSON, or refused; and
 * how it is written back. Immutable.
 */
record Kind<T>(String expected, Reader<T> reader, Function<T, Object> writer) {
  /** Reads one JSON value, which may be null, or throws what {@link Place} makes of it. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Place at, Object json);
  }

  T read(Place at, Object json) {
    return reader.read(at, json);
  }

  Object write(T value) {
    return writer.apply(value);
  }

  /** A whole number; {@code 5.0} and {@code 5e0} are one, as in JSON schema. */
  static Kind<Integer> integer(int min, int max) {
    String expected = "an integer from " + min + " to " + max;
    return new Kind<>(expected, (at, json) -> {
      if (!(json instanceof Number number)) {
        throw at.refuseType(json, expected);
      }
      if (!isWhole(number, min, max)) {
        throw at.refuse(json, expected);
      }
      return number.intValue();
    }, value -> value);
  }

  static Kind<Boolean> bool() {
    String expected = "true or false";
    return new Kind<>(expected, (at, json) -> {
      if (!(json instanceof Boolean flag)) {
        throw at.refuseType(json, expected);
      }
      return flag;
    }, value -> value);
  }

  static Kind<String> text(String expected, Predicate<String> legal) {
    return new Kind<>(expected, (at, json) -> {
      if (!(json instanceof String text)) {
        throw at.refuseType(json, expected);
      }
      if (!legal.test(text)) {
        throw at.refuse(json, expected);
      }
      return text;
    }, value -> value);
  }

  static <E> Kind<List<E>> list(String expected, Kind<E> element) {
    return new Kind<>(expected, (at, json) -> {
      if (!(json instanceof JsonArray array)) {
        throw at.refuseType(json, expected);
      }
      List<E> values = new ArrayList<>();
      for (int i = 0; i < array.size(); i++) {
        values.add(element.read(at.element(i), array.getValue(i)));
      }
      return List.copyOf(values);
    }, values -> new JsonArray(new ArrayList<>(values.stream().map(element::write).toList())));
  }

  /** A list that has no value twice. */
  static <E> Kind<List<E>> distinct(String expected, Kind<E> element) {
    Kind<List<E>> list = list(expected, element);
    return new Kind<>(expected, (at, json) -> {
      List<E> values = list.read(at, json);
      Set<E> seen = new HashSet<>();
      for (int i = 0; i < values.size(); i++) {
        if (!seen.add(values.get(i))) {
          throw at.element(i).problem("found " + Place.text(values.get(i)) + " again, expected it once");
        }
      }
      return values;
    }, list.writer());
  }

  private static boolean isWhole(Number number, int min, int max) {
    double size = number.doubleValue();
    // Not a number, and numbers that would take long to write out, go no further.
    if (!(size >= min && size <= max)) {
      return false;
    }
    return new BigDecimal(number.toString()).stripTrailingZeros().scale() <= 0;
  }
}
