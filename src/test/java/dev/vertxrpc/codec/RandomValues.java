package dev.vertxrpc.codec;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.RRef;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Values at random, with the types they are declared as. Confined to one test. */
final class RandomValues {
  record Declared(Type type, Supplier<?> value) {
  }

  final List<Declared> all = new ArrayList<>();
  private final Random random;

  RandomValues(Random random) {
    this.random = random;
    add(boolean.class, random::nextBoolean);
    add(byte.class, () -> (byte) random.nextInt());
    add(short.class, () -> (short) random.nextInt());
    add(char.class, () -> (char) random.nextInt());
    add(int.class, random::nextInt);
    add(Long.class, random::nextLong);
    add(float.class, () -> Float.intBitsToFloat(random.nextInt() & 0x7f7fffff));
    add(double.class, random::nextGaussian);
    add(String.class, this::text);
    add(Object.class, () -> Map.of(text(), random.nextInt(), "list", List.of(text(), doubles())));
    add(int[].class, () -> random.ints(size()).toArray());
    add(long[].class, () -> random.longs(size()).toArray());
    add(double[].class, this::doubles);
    add(byte[].class, this::bytes);
    add(short[].class, () -> new short[] {(short) random.nextInt()});
    add(char[].class, () -> text().toCharArray());
    add(boolean[].class, () -> new boolean[] {random.nextBoolean(), true});
    add(float[].class, () -> new float[] {random.nextFloat()});
    add(Buffer.class, () -> Buffer.buffer(bytes()));
    add(ByteBuffer.class, () -> ByteBuffer.wrap(bytes()));
    add(JsonObject.class, this::json);
    add(Values.Order.class, this::order);
    add(Values.Mixed.class, () -> new Values.Mixed(bytes(), Buffer.buffer(bytes()), ByteBuffer.wrap(bytes()),
        json(),
        new JsonArray().add(text()).add(json())));
    add(Values.Shape.class, this::shape);
    add(BigDecimal.class, this::decimal);
    add(BigInteger.class, () -> new BigInteger(random.nextInt(500), random));
    add(Instant.class, this::instant);
    add(new TypeReference<List<Map<String, double[]>>>() { }.getType(), () -> list(() -> map(this::doubles)));
    add(new TypeReference<Map<String, List<Values.Shape>>>() { }.getType(),
        () -> map(() -> list(this::shape)));
    add(new TypeReference<Optional<List<Values.Line>>>() { }.getType(), () -> Optional.of(list(this::line)));
    add(new TypeReference<List<Optional<BigDecimal>>>() { }.getType(), () -> List.of(Optional.of(decimal()),
        Optional.empty()));
    add(new TypeReference<RRef<List<String>>>() { }.getType(), () -> Refs.fake("r"));
    add(Values.WithRefs.class, this::withRefs);
    add(Values.Node.class, () -> new Values.Node(new Values.Node(null)));
    add(double[][].class, () -> new double[][] {doubles(), null, doubles()});
  }

  Declared any() {
    return all.get(random.nextInt(all.size()));
  }

  private void add(Type type, Supplier<?> value) {
    all.add(new Declared(type, value));
  }

  private int size() {
    return random.nextInt(8);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int alphabet = new int[] {0x80, 0x800, 0x10000, 0x110000}[random.nextInt(4)];
    for (int i = size() * size(); i > 0; i--) {
      int point = random.nextInt(alphabet);
      text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
    }
    return text.toString();
  }

  private double[] doubles() {
    return random.doubles(size()).toArray();
  }

  private byte[] bytes() {
    byte[] bytes = new byte[size()];
    random.nextBytes(bytes);
    return bytes;
  }

  private BigDecimal decimal() {
    return new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(400) - 200);
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextLong() % Instant.MAX.getEpochSecond(),
        random.nextInt(1_000_000_000));
  }

  private JsonObject json() {
    return new JsonObject().put("i", random.nextInt()).put("t", text()).put("d", random.nextDouble())
        .put("o", new JsonObject().put("a", new JsonArray().add(random.nextBoolean()).addNull()));
  }

  private Values.Line line() {
    return new Values.Line(text(), random.nextInt(), random.nextBoolean() ? null : decimal());
  }

  private Values.Shape shape() {
    return switch (random.nextInt(3)) {
      case 0 -> new Values.Circle(random.nextDouble());
      case 1 -> new Values.Polygon(doubles(), doubles());
      default -> new Values.Nothing();
    };
  }

  private Values.Order order() {
    return new Values.Order(random.nextLong(), Values.Colour.values()[random.nextInt(2)], list(this::line),
        random.nextBoolean() ? Optional.empty() : Optional.of(text()), instant(),
        OffsetDateTime.ofInstant(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
            ZoneOffset.ofTotalSeconds(random.nextInt(18 * 3600))), map(this::doubles),
        new double[][] {doubles(), doubles()});
  }

  private Values.WithRefs withRefs() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    RRef<Values.Line>[] array = new RRef[] {Refs.fake("a"), null};
    return new Values.WithRefs(Refs.fake("b"), list(() -> Refs.fake("c")), map(() -> Refs.fake("d")), array,
        Optional.of(array[0]));
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = size(); i > 0; i--) {
      list.add(random.nextInt(10) == 0 ? null : element.get());
    }
    return list;
  }

  private <T> Map<String, T> map(Supplier<T> value) {
    Map<String, T> map = new HashMap<>();
    for (int i = size(); i > 0; i--) {
      map.put(text(), value.get());
    }
    return map;
  }
}
