package dev.vertxrpc.cluster;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.vertxrpc.Remote;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Functions that give back what they get, one for each kind of type that travels. */
@Remote
public final class Types {
  private Types() {}

  /** What a line costs. */
  public enum Price { FIXED, FREE }

  /** Of every sort a little. */
  public record Line(String article, int count, Price price, BigDecimal amount, Optional<String> note) {}

  /** The times that there are. */
  public record Times(Instant instant, Duration duration, LocalDate date, OffsetDateTime offset, ZonedDateTime zoned) {}

  /** All primitives. */
  public record Primitives(boolean truth, byte small, short shorter, char letter, int number, long longer, float real,
                           double exact) {}

  /** With getters and setters. */
  public static final class Bean {
    private String name;
    private List<Line> lines;

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public List<Line> getLines() {
      return lines;
    }

    public void setLines(List<Line> lines) {
      this.lines = lines;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bean bean && Objects.equals(name, bean.name) && Objects.equals(lines, bean.lines);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, lines);
    }
  }

  /** A Vert.x data object: its getters are not its JSON. */
  public static final class Options {
    private final int port;

    public Options(int port) {
      this.port = port;
    }

    public Options(JsonObject json) {
      port = json.getInteger("the-port");
    }

    public JsonObject toJson() {
      return new JsonObject().put("the-port", port);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Options options && port == options.port;
    }

    @Override
    public int hashCode() {
      return port;
    }
  }

  /** Told apart by a property of the application's. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "shape")
  public sealed interface Shape permits Circle, Square {}

  /** A shape. */
  public record Circle(double radius) implements Shape {}

  /** Another one. */
  public record Square(double side) implements Shape {}

  public static Line line(Line value) {
    return value;
  }

  public static Bean bean(Bean value) {
    return value;
  }

  public static Price price(Price value) {
    return value;
  }

  public static List<Map<String, double[]>> maps(List<Map<String, double[]>> value) {
    return value;
  }

  public static Optional<Line> optional(Optional<Line> value) {
    return value;
  }

  public static Times times(Times value) {
    return value;
  }

  public static BigDecimal decimal(BigDecimal value) {
    return value;
  }

  public static Primitives primitives(Primitives value) {
    return value;
  }

  public static String all(boolean a, byte b, short c, char d, long e, float f) {
    return a + " " + b + " " + c + " " + d + " " + e + " " + f;
  }

  public static double[][][] nested(double[][][] value) {
    return value;
  }

  public static JsonObject json(JsonObject value) {
    return value;
  }

  public static JsonArray jsonArray(JsonArray value) {
    return value;
  }

  public static Buffer buffer(Buffer value) {
    return value;
  }

  public static ByteBuffer byteBuffer(ByteBuffer value) {
    return value;
  }

  public static WorkerInfo worker(WorkerInfo value) {
    return value;
  }

  public static List<Shape> shapes(List<Shape> value) {
    return value;
  }

  public static Options options(Options value) {
    return value;
  }
}
