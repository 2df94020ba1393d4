package dev.vertxrpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ValueFailuresTest {
  private static final String HINT =
      " cannot travel: keep it, own() it and pass the RRef, or pass a record of what the other side needs";

  private final ValueCodec codec = Values.codec();

  record Box(List<Object> items) {
  }

  record NewLine(String article, int count, BigDecimal price, String added) {
  }

  record NewOrder(List<NewLine> lines) {
  }

  record OldOrder(List<Values.Line> lines) {
  }

  record Prices(List<Object> lines) {
  }

  record Priced(List<Values.Line> lines) {
  }

  @Test
  void namesArgumentClassPathAndWayOut() {
    List<Type> types = List.of(int.class, Box.class);
    Object[] values = {1, new Box(Arrays.asList(null, Map.of("worker", new Values.Holder(new Thread()))))};

    Throwable thrown = catchThrowable(() -> codec.encode(types, values));

    assertThat(thrown).isInstanceOf(RpcException.class).hasMessage("argument 2 (dev.vertxrpc.codec."
        + "ValueFailuresTest$Box): items[1].worker.value: java.lang.Thread" + HINT);
    assertThat(((RpcException) thrown).failure()).isEqualTo(RpcFailure.CODEC);
  }

  @Test
  void refusesWhatBelongsToItsPlace() {
    String ofFutures = " cannot travel: a Future stays where its value is made. Make the call when that is there, "
        + "future.compose(value -> worker.call(function, value)); a result may be an io.vertx.core.Future itself, "
        + "but not hold one";
    String ofStreams = " cannot travel: a stream is read where it is. Pass what was read, a Buffer or a List, or "
        + "own() an object that reads it and call that through the RRef";
    assertThat(encode(new TypeReference<Future<String>>() { }.getType(), Future.succeededFuture("x")))
        .startsWith("result (io.vertx.core.Future<java.lang.String>): io.vertx.core.impl.future.")
        .endsWith(ofFutures);
    assertThat(encode(CompletableFuture.class, new CompletableFuture<>())).endsWith(ofFutures);
    assertThat(encode(Values.Holder.class, new Values.Holder(Future.succeededFuture())))
        .startsWith("result (dev.vertxrpc.codec.Values$Holder): value: io.vertx").endsWith(ofFutures);
    assertThat(encode(Stream.class, Stream.of(1))).endsWith(ofStreams);
    assertThat(encode(InputStream.class, new ByteArrayInputStream(new byte[1]))).endsWith(ofStreams);
    assertThat(encode(ReadStream.class, fakeStream())).endsWith(ofStreams);
    assertThat(encode(Thread.class, new Thread())).endsWith("java.lang.Thread" + HINT);
    assertThat(encode(Handler.class, (Handler<String>) text -> { })).endsWith("): a lambda" + HINT);
    assertThat(encode(Supplier.class, (Supplier<String>) () -> "")).endsWith("): a lambda" + HINT);
    assertThat(encode(Object.class, new Thread())).endsWith("(java.lang.Object): java.lang.Thread" + HINT);
    assertThat(encode(Class.class, String.class)).endsWith("java.lang.Class" + HINT);
    assertThat(encode(Throwable.class, new Exception())).endsWith("java.lang.Exception" + HINT);
    assertThat(encode(Values.Odd.class, new Values.Odd())).endsWith("dev.vertxrpc.codec.Values$Odd" + HINT
        + "; it has no properties that could be read back");
    assertThat(encode(Values.Holder.class, new Values.Holder((Supplier<String>) () -> ""))).endsWith(
        "value: a lambda" + HINT);
  }

  @Test
  void refusesATypeThatCouldNotBeReadBack() {
    assertThat(encode(Values.Bare.class, new Values.BareOne(1))).isEqualTo(
        "result (dev.vertxrpc.codec.Values$Bare): "
        + "dev.vertxrpc.codec.Values$Bare is abstract: declare a concrete type, or annotate it with "
        + "@JsonTypeInfo and @JsonSubTypes");
    assertThat(encode(new TypeReference<Map<Values.Line, String>>() { }.getType(),
        Map.of(new Values.Line("a", 1, null), "x"))).contains("Key").contains("Values$Line");
    assertThat(encode(new TypeReference<Map<RRef<String>, String>>() { }.getType(),
        Map.of(Refs.fake("x"), "x"))).contains("Key").contains("RRef");
    assertThat(encode(new TypeReference<Map<Class<?>, String>>() { }.getType(), Map.of(String.class, "x")))
        .endsWith("as a key: java.lang.Class" + HINT);
    assertThat(encode(Values.OpenByClass.class, new Values.OpenOne(1))).contains(
        "@JsonTypeInfo of dev.vertxrpc.codec.Values$OpenByClass lets the wire name any class: use Id.NAME");
    assertThat(encode(Object.class, new Values.BareOne(1))).isEqualTo("result (java.lang.Object): a "
        + "dev.vertxrpc.codec.Values$BareOne would arrive as something else; "
        + "declare its type instead of Object");
  }

  @Test
  void refusesAValueOfAnotherType() {
    assertThat(encode(long.class, 5)).isEqualTo("result (long): a java.lang.Integer is none");
    assertThat(encode(int.class, null)).isEqualTo("result (int): null is no int; declare Integer");
  }

  @Test
  void decodesNothingToAnotherType() {
    assertThat(decode(int.class, 5, String.class)).isEqualTo(
        "result (java.lang.String): found java.lang.Integer; run the same build on both sides");
    assertThat(decode(Integer.class, null, int.class)).isEqualTo(
        "result (int): null is no int; declare Integer");
    assertThat(decode(double[].class, new double[1], float[].class)).startsWith(
        "result (float[]): found double[]");
    assertThat(decode(double[][].class, new double[1][1], float[][].class)).isEqualTo(
        "result (float[][]): [0]: found double[], expected float[]; run the same build on both sides");
    assertThat(decode(Values.Line.class, new Values.Line("x", 1, null), Values.Empty.class))
        .isEqualTo("result (dev.vertxrpc.codec.Values$Empty): article: unknown property of "
            + "dev.vertxrpc.codec.Values$Empty; run the same build on both sides");
  }

  @Test
  void saysThatBuildsDifferWhereAPropertyIsUnknown() {
    NewOrder order = new NewOrder(List.of(new NewLine("a", 1, null, null), new NewLine("b", 1, null, "x")));

    assertThat(decode(NewOrder.class, order, OldOrder.class)).isEqualTo(
        "result (dev.vertxrpc.codec.ValueFailuresTest$OldOrder): lines[0].added: unknown property of "
            + "dev.vertxrpc.codec.Values$Line; run the same build on both sides");
  }

  @Test
  void loadsNoClassThatABodyNames() throws ClassNotFoundException {
    Type named = new TypeReference<Map<String, String>>() { }.getType();
    String name = ValueFailuresTest.class.getName() + "$Loaded";
    Buffer keys = codec.encode("result", named, Map.of(name, name)).body();
    Buffer text = codec.encode("result", Object.class, List.of(name)).body();

    for (Type type : List.of(new TypeReference<Map<Class<?>, String>>() { }.getType(),
        new TypeReference<Map<String, Class<?>>>() { }.getType(),
        new TypeReference<Map<String, com.fasterxml.jackson.databind.JavaType>>() { }.getType())) {
      assertThat(message(() -> codec.decode("result", keys, List.of(), type, Refs.none()))).contains("cannot travel");
    }
    assertThat(message(() -> codec.decode("result", text, List.of(), Class[].class, Refs.none())))
        .contains("cannot travel");
    assertThat(System.getProperty(name)).isNull();
    Class.forName(name);
    assertThat(System.clearProperty(name)).isEqualTo("loaded");
  }

  /** Says so when it is initialized, which Class.forName does. */
  static final class Loaded {
    static {
      System.setProperty(Loaded.class.getName(), "loaded");
    }
  }

  @Test
  void namesThePathOfWhatDoesNotDecode() {
    Prices prices = new Prices(List.of(Map.of("article", "a"), Map.of("count", 1, "price", "much")));

    assertThat(decode(Prices.class, prices, Priced.class)).startsWith(
        "result (dev.vertxrpc.codec.ValueFailuresTest$Priced): lines[0]");
    assertThat(decode(Prices.class, new Prices(List.of(Map.of("article", "a", "count", 1, "price",
        List.of()))),
        Priced.class)).startsWith("result (dev.vertxrpc.codec.ValueFailuresTest$Priced): lines[0].price: ");
  }

  @Test
  void reportsWhatUserCodeThrows() {
    assertThat(encode(Values.Thrower.class, new Values.Thrower())).isEqualTo("result (dev.vertxrpc.codec."
        + "Values$Thrower): value: cannot be encoded: java.lang.IllegalStateException: broken getter");
    assertThat(decode(Values.ByClassOne.class, new Values.ByClassOne(-1), Values.Checked.class))
        .isEqualTo("result (dev.vertxrpc.codec.Values$Checked): cannot be decoded: "
            + "java.lang.IllegalArgumentException: value -1 is negative");
    assertThat(decode(JsonObject.class, new JsonObject(), Values.Options.class))
        .startsWith(
        "result (dev.vertxrpc.codec.Values$Options): cannot be decoded: java.lang.NullPointerException");
  }

  @Test
  void boundsTheDepth() {
    Values.Node deepest = null;
    for (int i = 0; i < 200; i++) {
      deepest = new Values.Node(deepest);
    }
    Values.Node deep = deepest;
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    Map<String, Object> map = new HashMap<>();
    map.put("self", map);
    AtomicReference<Object> reference = new AtomicReference<>();
    reference.set(reference);
    Optional<Object> optional = Optional.of("x");
    for (int i = 0; i < 100_000; i++) {
      optional = Optional.of(optional);
    }

    Buffer body = codec.encode("result", Values.Node.class, deep).body();

    assertThat(codec.decode("result", body, List.of(), Values.Node.class, Refs.none())).isEqualTo(deep);
    assertThat(encode(Values.Node.class, new Values.Node(deep))).contains("nested too deeply").contains(
        "next...");
    assertThat(encode(List.class, cycle)).contains("nested too deeply");
    assertThat(encode(Map.class, map)).contains("nested too deeply");
    assertThat(encode(AtomicReference.class, reference)).contains("nested too deeply");
    assertThat(encode(Optional.class, optional)).contains("nested too deeply");
    assertThat(message(() -> Values.codec(16_384, 100_000, 10, 100_000)
        .decode("result", body, List.of(), Values.Node.class, Refs.none())))
        .contains("nested too deeply");
  }

  @Test
  void refusesBodiesThatAreNone() {
    assertThat(raw()).isEqualTo("result: 1 bytes expected, 0 remain");
    assertThat(raw(2)).isEqualTo("result: found 2 values, expected 1; run the same build on both sides");
    assertThat(raw(1, 99)).isEqualTo(
        "result (java.lang.Object): unknown tag 99; run the same build on both sides");
    assertThat(raw(1, 5, 0)).isEqualTo("result (java.lang.Object): 4 bytes expected, 1 remain");
    assertThat(raw(1, 1, 2)).isEqualTo("result (java.lang.Object): found 2 for a boolean");
    assertThat(raw(1, 23, 255, 255, 255, 127)).isEqualTo(
        "result (java.lang.Object): 2147483647 bytes expected, 0 remain");
    assertThat(raw(1, 23, 255, 255, 255, 255)).isEqualTo(
        "result (java.lang.Object): the length -1 is negative");
    assertThat(raw(1, 23, 1, 0, 0, 0, 7)).isEqualTo(
        "result (java.lang.Object): 1 bytes are no whole number of elements of double[]");
    assertThat(raw(1, 0, 0)).isEqualTo(
        "result: 1 bytes follow the last value; run the same build on both sides");
    assertThat(raw(1, 11, 0, 0, 0, 0)).startsWith("result (java.lang.Object): ");
  }

  private String raw(int... bytes) {
    byte[] body = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      body[i] = (byte) bytes[i];
    }
    return message(() -> codec.decode("result", Buffer.buffer(body), List.of(), Object.class, Refs.none()));
  }

  private String encode(Type type, Object value) {
    return message(() -> codec.encode("result", type, value));
  }

  private String decode(Type written, Object value, Type read) {
    Buffer body = codec.encode("result", written, value).body();
    return message(() -> codec.decode("result", body, List.of(), read, Refs.none()));
  }

  private static String message(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(RpcException.class);
    return thrown.getMessage();
  }

  private static Object fakeStream() {
    return java.lang.reflect.Proxy.newProxyInstance(ValueFailuresTest.class.getClassLoader(),
        new Class<?>[] {AsyncFile.class}, (proxy, method, arguments) -> null);
  }
}
