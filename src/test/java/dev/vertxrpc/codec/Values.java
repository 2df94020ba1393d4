package dev.vertxrpc.codec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.vertxrpc.RRef;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The types that the tests of this package send, and codecs for them. */
final class Values {
  private Values() {
  }

  /** With the limits of a config that sets none. */
  static ValueCodec codec() {
    return codec(16 * 1024, 512 * 1024 * 1024, 200, 10_000_000);
  }

  static ValueCodec codec(int bulkThresholdBytes, int maxPayloadBytes, int maxDepth, int maxElements) {
    return new ValueCodec(new CodecLimits(bulkThresholdBytes, maxPayloadBytes, maxDepth, maxElements));
  }

  enum Colour { RED, GREEN { @Override public String toString() { return "verdant"; } } }

  record Line(String article, int count, BigDecimal price) {
  }

  record Order(long id, Colour colour, List<Line> lines, Optional<String> note, Instant at,
               OffsetDateTime due, Map<String, double[]> weights, double[][] grid) {
  }

  record Mixed(byte[] bytes, Buffer buffer, ByteBuffer byteBuffer, JsonObject json, JsonArray array) {
  }

  record WithRefs(RRef<String> one, List<RRef<List<String>>> list, Map<String, RRef<?>> map,
                  RRef<Line>[] array, Optional<RRef<Line>> optional) {
  }

  record Empty() {
  }

  record Computed(double x, double y) {
    public double getLength() {
      return Math.hypot(x, y);
    }
  }

  record Holder(Object value) {
  }

  record Node(Node next) {
  }

  record Named<T>(String name, T value) {
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  sealed interface Shape permits Circle, Polygon, Nothing {
  }

  record Circle(double radius) implements Shape {
  }

  record Polygon(double[] xs, double[] ys) implements Shape {
  }

  record Nothing() implements Shape {
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  sealed interface ByClass permits ByClassOne {
  }

  record ByClassOne(int value) implements ByClass {
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface OpenByClass {
  }

  record OpenOne(int value) implements OpenByClass {
  }

  interface Bare {
  }

  record BareOne(int value) implements Bare {
  }

  static final class Bean {
    public int field;
    private String name;

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public String getShout() {
      return name + "!";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bean bean && bean.field == field && Objects.equals(bean.name, name);
    }

    @Override
    public int hashCode() {
      return field;
    }
  }

  static final class Created {
    private final int a;

    @JsonCreator
    Created(@JsonProperty("a") int a) {
      this.a = a;
    }

    public int getA() {
      return a;
    }
  }

  public static final class Options {
    private final int port;

    public Options(JsonObject json) {
      port = json.getInteger("port");
    }

    public JsonObject toJson() {
      return new JsonObject().put("port", port);
    }

    int port() {
      return port;
    }
  }

  static final class Thrower {
    public int getValue() {
      throw new IllegalStateException("broken getter");
    }

    public void setValue(int value) {
    }
  }

  record Checked(int value) {
    Checked {
      if (value < 0) {
        throw new IllegalArgumentException("value " + value + " is negative");
      }
    }
  }

  static final class Odd {
    private final Runnable action = () -> { };
  }
}
