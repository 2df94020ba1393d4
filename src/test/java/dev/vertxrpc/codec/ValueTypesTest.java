package dev.vertxrpc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.RemoteError;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.Group;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValueTypesTest {
  private final ValueCodec codec = Values.codec();

  @Test
  void carriesRecords() {
    Values.Order order = new Values.Order(1L << 50, Values.Colour.GREEN,
        List.of(new Values.Line("a", 1, new BigDecimal("1.10")), new Values.Line(null, 0, null)),
        Optional.of("note"), Instant.parse("2024-02-29T01:02:03.123456789Z"),
        OffsetDateTime.parse("2024-01-01T00:00:00.000000001+05:30"), Map.of("w", new double[] {1,
        Double.NaN}),
        new double[][] {{1, 2}, {}, null});

    assertRoundTrip(Values.Order.class, order);
    assertRoundTrip(new TypeReference<List<Values.Named<List<Values.Line>>>>() { },
        List.of(new Values.Named<>("n", List.of(new Values.Line("b", 2, BigDecimal.TEN)))));
    assertRoundTrip(Values.Empty.class, new Values.Empty());
    assertRoundTrip(Values.Computed.class, new Values.Computed(3, 4));
    assertRoundTrip(WorkerInfo.class, new WorkerInfo("w1", 3, -5L, Set.of("a", "b")));
    assertRoundTrip(Group.class, new Group("g", 4, List.of(new WorkerInfo("w1", 0, 1, Set.of()))));
    assertRoundTrip(RemoteError.class, new RemoteError("t", "m", List.of("f"),
        Optional.of(new RemoteError("c", "", List.of(), Optional.empty(), List.of())), List.of()));
  }

  @Test
  void carriesBeansAndCreatedObjects() {
    Values.Bean bean = new Values.Bean();
    bean.field = 4;
    bean.setName("bean");

    assertRoundTrip(Values.Bean.class, bean);
    assertThat(((Values.Created) roundTrip(Values.Created.class, new Values.Created(5))).getA()).isEqualTo(5);
  }

  @Test
  void carriesDataObjects() {
    Values.Options options = new Values.Options(new JsonObject().put("port", 80));
    HttpServerOptions http = new HttpServerOptions().setPort(81).setSsl(true);
    Type list = new TypeReference<List<Values.Options>>() { }.getType();

    assertThat(((Values.Options) roundTrip(Values.Options.class, options)).port()).isEqualTo(80);
    assertThat(((Values.Options) ((List<?>) roundTrip(list, List.of(options))).get(0)).port()).isEqualTo(80);
    assertThat(((HttpServerOptions) roundTrip(HttpServerOptions.class,
        http)).toJson()).isEqualTo(http.toJson());
  }

  @Test
  void carriesGenerics() {
    Map<String, double[]> map = new LinkedHashMap<>();
    map.put("a", new double[] {1, 2});
    map.put("b", null);
    assertRoundTrip(new TypeReference<List<Map<String, double[]>>>() { }, Arrays.asList(map, null));
    assertRoundTrip(new TypeReference<Map<Integer, Set<Values.Colour>>>() { },
        Map.of(1, Set.of(Values.Colour.RED)));
    assertRoundTrip(new TypeReference<Map<UUID, LocalDate>>() { },
        Map.of(UUID.randomUUID(), LocalDate.of(2000, 1, 1)));
    assertRoundTrip(new TypeReference<TreeMap<String, Long>>() { }, new TreeMap<>(Map.of("x", 5L)));
    assertRoundTrip(new TypeReference<List<? extends Number>>() { }, List.of(1, 2.5));
    assertThat(roundTrip(new TypeReference<EnumMap<Values.Colour, Long>>() { }.getType(),
        new EnumMap<>(Map.of(Values.Colour.GREEN, 1L)))).isEqualTo(Map.of(Values.Colour.GREEN, 1L));
    assertThat(List.copyOf((ArrayDeque<?>) roundTrip(new TypeReference<ArrayDeque<Long>>() { }.getType(),
        new ArrayDeque<>(List.of(1L, 2L))))).isEqualTo(List.of(1L, 2L));
  }

  @Test
  void carriesOptionals() {
    assertRoundTrip(new TypeReference<Optional<String>>() { }, Optional.of("x"));
    assertRoundTrip(new TypeReference<Optional<String>>() { }, Optional.empty());
    assertRoundTrip(new TypeReference<List<Optional<Values.Line>>>() { },
        List.of(Optional.empty(), Optional.of(new Values.Line("x", 1, null))));
    assertRoundTrip(OptionalInt.class, OptionalInt.of(4));
  }

  @Test
  void carriesTimesExactly() {
    for (Object time : List.of(Instant.MAX, Instant.MIN, Instant.ofEpochSecond(1, 1), Duration.ofNanos(-1),
        Duration.ofSeconds(Long.MAX_VALUE, 999_999_999), Period.of(1, -2, 3), LocalDate.MAX, LocalDate.MIN,
        LocalTime.MAX, LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1), Year.of(2024), ZoneOffset.ofHours(-3),
        OffsetDateTime.MAX, OffsetDateTime.MIN, OffsetDateTime.parse("2024-01-01T00:00+00:00"),
        ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 5, ZoneId.of("Europe/Paris")).withLaterOffsetAtOverlap(),
        ZonedDateTime.of(2024, 1, 1, 2, 30, 0, 5, ZoneOffset.UTC),
        ZonedDateTime.of(2024, 1, 1, 2, 30, 0, 5, ZoneId.of("UTC")), new java.util.Date(1234567890123L))) {
      assertRoundTrip(time.getClass(), time);
    }
    assertRoundTrip(new TypeReference<Map<Instant, Duration>>() { }, Map.of(Instant.MAX, Duration.ZERO));
  }

  @Test
  void carriesNumbersExactly() {
    for (BigDecimal number : List.of(new BigDecimal("1.10"), new BigDecimal("1E+400"),
        new BigDecimal("-0.00"),
        new BigDecimal(BigInteger.TWO.pow(3000), -7), new BigDecimal(BigInteger.ONE, 100_000))) {
      assertRoundTrip(BigDecimal.class, number);
      assertRoundTrip(Object.class, number);
      assertRoundTrip(Number.class, number);
    }
    assertRoundTrip(BigInteger.class, BigInteger.TWO.pow(30_000).negate());
    assertRoundTrip(new TypeReference<List<Long>>() { }, List.of(1L, Long.MIN_VALUE));
    assertRoundTrip(new TypeReference<List<Float>>() { }, List.of(1.1f, Float.NaN, -0f));
    assertRoundTrip(new TypeReference<List<Double>>() { }, List.of(1.1, Double.NEGATIVE_INFINITY, -0.0));
    assertRoundTrip(new TypeReference<List<Character>>() { }, List.of('x', '\u20ac'));
  }

  @Test
  void carriesArrays() {
    for (Object array : List.of(new boolean[] {true, false}, new byte[] {-1, 2}, new short[] {-3, 4},
        new char[] {'a', '\ud800'}, new int[] {5, -6}, new long[] {7, Long.MIN_VALUE}, new float[] {1.5f,
        Float.NaN},
        new double[] {2.5, -0.0}, new int[0], new String[] {"a", null}, new Integer[] {1, null},
        new double[][] {{1}, {}},
        new char[][][] {{{'x'}}}, new boolean[][] {{true}}, new byte[][] {{1}, null}, new short[][] {{1}},
        new float[][] {{1}}, new long[][] {{1}}, new int[][] {{1}}, new Values.Line[] {new Values.Line("l",
        1, null)},
        new Buffer[] {Buffer.buffer("x"), Buffer.buffer()})) {
      assertRoundTrip(array.getClass(), array);
    }
    assertRoundTrip(new TypeReference<List<String>[]>() { }, new List<?>[] {List.of("x")});
  }

  @Test
  void carriesBuffersAndJson() {
    JsonObject json = new JsonObject().put("a", new JsonArray().add(1).add(new JsonObject().put("b",
        2L)).addNull())
        .put("n", 1.5).put("big", 1L << 40).put("bytes", new byte[] {1}).put("buffer",
        Buffer.buffer("x")).putNull("z");
    Values.Mixed mixed = new Values.Mixed(new byte[] {1}, Buffer.buffer("b"),
        ByteBuffer.wrap(new byte[] {1, 2}), json, new JsonArray().add(json));

    Values.Mixed back = (Values.Mixed) roundTrip(Values.Mixed.class, mixed);
    JsonObject time = (JsonObject) roundTrip(JsonObject.class, new JsonObject().put("at", Instant.MAX));

    assertRoundTrip(Buffer.class, Buffer.buffer("x"));
    assertRoundTrip(new TypeReference<Map<String, ByteBuffer>>() { },
        Map.of("x", ByteBuffer.allocateDirect(3).put(1, (byte) 1)));
    assertThat(back.json().getBuffer("buffer")).isEqualTo(Buffer.buffer("x"));
    assertThat(back.json().getBinary("bytes")).isEqualTo(new byte[] {1});
    assertThat(back.json().getJsonArray("a")).isEqualTo(json.getJsonArray("a"));
    assertThat(back.byteBuffer()).isEqualTo(mixed.byteBuffer());
    assertThat(back.array().getJsonObject(0).getLong("big")).isEqualTo(1L << 40);
    assertThat(time.getInstant("at")).isEqualTo(Instant.MAX);
    assertRoundTrip(new TypeReference<List<JsonObject>>() { }, List.of(new JsonObject().put("a", 1)));
  }

  @Test
  void carriesSealedTypes() {
    assertRoundTrip(Values.Shape.class, new Values.Circle(2));
    assertRoundTrip(Values.Shape.class, new Values.Nothing());
    assertRoundTrip(new TypeReference<List<Values.Shape>>() { },
        List.of(new Values.Circle(1), new Values.Polygon(new double[] {1}, new double[] {2})));
    assertRoundTrip(Values.ByClass.class, new Values.ByClassOne(3));
    assertRoundTrip(Values.Circle.class, new Values.Circle(2));
  }

  @Test
  void carriesEnums() {
    assertRoundTrip(Values.Colour.class, Values.Colour.GREEN);
    assertRoundTrip(Values.Colour[].class, Values.Colour.values());
  }

  @Test
  void carriesWhatNeedsNoDeclaration() {
    for (Object value : List.of(1, 2L, (short) 3, 'c', 1.5f, "text", true, new double[] {1},
        Buffer.buffer("x"),
        List.of(1, "x", List.of(new long[] {2})), Map.of("k", Map.of("b", new byte[] {1})))) {
      assertRoundTrip(Object.class, value);
    }
    Map<String, Object> map = new HashMap<>();
    map.put("null", null);
    map.put("text", "x");
    assertRoundTrip(new TypeReference<Map<String, Object>>() { }, map);
    assertRoundTrip(CharSequence.class, "x");
    assertRoundTrip(Number.class, 5L);
  }

  @Test
  void carriesNulls() {
    assertThat(roundTrip(String.class, null)).isNull();
    assertThat(roundTrip(void.class, null)).isNull();
    assertThat(roundTrip(Void.class, null)).isNull();
    assertThat(roundTrip(Integer.class, null)).isNull();
  }

  private void assertRoundTrip(TypeReference<?> type, Object value) {
    assertRoundTrip(type.getType(), value);
  }

  private void assertRoundTrip(Type type, Object value) {
    Object back = roundTrip(type, value);
    assertThat(Equality.same(back, value)).as("%s: %s for %s", type, back, value).isTrue();
  }

  private Object roundTrip(Type type, Object value) {
    ValueCodec.Encoded encoded = codec.encode("result", type, value);
    return codec.decode("result", encoded.body(), encoded.bulk(), type, new Refs(encoded.refs()));
  }
}
