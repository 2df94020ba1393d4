package dev.vertxrpc.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteObject;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.wire.FunctionName.Kind;
import io.vertx.core.Future;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the compiler accepts a reference for every overload, and picks the one of its kind. */
class OverloadsTest {
  /** One public method or function of each kind and arity. */
  public static final class Every {
    public Every() {}
    public Every(int a) {}
    public Every(int a, int b) {}
    public Every(int a, int b, int c) {}
    public Every(int a, int b, int c, int d) {}
    public Every(int a, int b, int c, int d, int e) {}
    public Every(int a, int b, int c, int d, int e, int f) {}

    public static String plain0() { return ""; }
    public static String plain1(int a) { return ""; }
    public static String plain2(int a, int b) { return ""; }
    public static String plain3(int a, int b, int c) { return ""; }
    public static String plain4(int a, int b, int c, int d) { return ""; }
    public static String plain5(int a, int b, int c, int d, int e) { return ""; }
    public static String plain6(int a, int b, int c, int d, int e, int f) { return ""; }

    public static Future<String> async0() { return null; }
    public static Future<String> async1(int a) { return null; }
    public static Future<String> async2(int a, int b) { return null; }
    public static Future<String> async3(int a, int b, int c) { return null; }
    public static Future<String> async4(int a, int b, int c, int d) { return null; }
    public static Future<String> async5(int a, int b, int c, int d, int e) { return null; }
    public static Future<String> async6(int a, int b, int c, int d, int e, int f) { return null; }

    public static void void0() {}
    public static void void1(int a) {}
    public static void void2(int a, int b) {}
    public static void void3(int a, int b, int c) {}
    public static void void4(int a, int b, int c, int d) {}
    public static void void5(int a, int b, int c, int d, int e) {}
    public static void void6(int a, int b, int c, int d, int e, int f) {}

    public String get0() { return ""; }
    public String get1(int a) { return ""; }
    public String get2(int a, int b) { return ""; }
    public String get3(int a, int b, int c) { return ""; }
    public String get4(int a, int b, int c, int d) { return ""; }
    public String get5(int a, int b, int c, int d, int e) { return ""; }
    public String get6(int a, int b, int c, int d, int e, int f) { return ""; }

    public Future<String> later0() { return null; }
    public Future<String> later1(int a) { return null; }
    public Future<String> later2(int a, int b) { return null; }
    public Future<String> later3(int a, int b, int c) { return null; }
    public Future<String> later4(int a, int b, int c, int d) { return null; }
    public Future<String> later5(int a, int b, int c, int d, int e) { return null; }
    public Future<String> later6(int a, int b, int c, int d, int e, int f) { return null; }

    public void set0() {}
    public void set1(int a) {}
    public void set2(int a, int b) {}
    public void set3(int a, int b, int c) {}
    public void set4(int a, int b, int c, int d) {}
    public void set5(int a, int b, int c, int d, int e) {}
    public void set6(int a, int b, int c, int d, int e, int f) {}
  }

  /** Each call: the overload that the compiler picked, and what it was given. */
  private final List<String> overloads = new ArrayList<>();
  private final List<MethodReference> references = new ArrayList<>();

  @Test
  void workerCallsPickTheKindOfTheFunction() {
    RemoteWorker worker = recording(RemoteWorker.class);

    List<Future<String>> plain = List.of(
        worker.call(Every::plain0), worker.call(Every::plain1, 1), worker.call(Every::plain2, 1, 2),
        worker.call(Every::plain3, 1, 2, 3), worker.call(Every::plain4, 1, 2, 3, 4),
        worker.call(Every::plain5, 1, 2, 3, 4, 5), worker.call(Every::plain6, 1, 2, 3, 4, 5, 6));
    List<Future<String>> async = List.of(
        worker.call(Every::async0), worker.call(Every::async1, 1), worker.call(Every::async2, 1, 2),
        worker.call(Every::async3, 1, 2, 3), worker.call(Every::async4, 1, 2, 3, 4),
        worker.call(Every::async5, 1, 2, 3, 4, 5), worker.call(Every::async6, 1, 2, 3, 4, 5, 6));
    List<Future<Void>> none = List.of(
        worker.call(Every::void0), worker.call(Every::void1, 1), worker.call(Every::void2, 1, 2),
        worker.call(Every::void3, 1, 2, 3), worker.call(Every::void4, 1, 2, 3, 4),
        worker.call(Every::void5, 1, 2, 3, 4, 5), worker.call(Every::void6, 1, 2, 3, 4, 5, 6));

    assertThat(List.of(plain.size(), async.size(), none.size())).containsOnly(7);
    assertRecorded(Kind.STATIC, 0, List.of("Fn", "AsyncFn", "VoidFn"),
        List.of(String.class, String.class, Void.class));
  }

  @Test
  void workerRemotesPickTheKindOfTheFunction() {
    RemoteWorker worker = recording(RemoteWorker.class);

    List<RRef<String>> plain = List.of(
        worker.remote(Every::plain0), worker.remote(Every::plain1, 1), worker.remote(Every::plain2, 1, 2),
        worker.remote(Every::plain3, 1, 2, 3), worker.remote(Every::plain4, 1, 2, 3, 4),
        worker.remote(Every::plain5, 1, 2, 3, 4, 5), worker.remote(Every::plain6, 1, 2, 3, 4, 5, 6));
    List<RRef<String>> async = List.of(
        worker.remote(Every::async0), worker.remote(Every::async1, 1), worker.remote(Every::async2, 1, 2),
        worker.remote(Every::async3, 1, 2, 3), worker.remote(Every::async4, 1, 2, 3, 4),
        worker.remote(Every::async5, 1, 2, 3, 4, 5), worker.remote(Every::async6, 1, 2, 3, 4, 5, 6));

    assertThat(List.of(plain.size(), async.size())).containsOnly(7);
    assertRecorded(Kind.STATIC, 0, List.of("Fn", "AsyncFn"), List.of(String.class, String.class));
  }

  @Test
  void createsTakeOverloadedConstructorsWithoutACast() {
    RemoteWorker worker = recording(RemoteWorker.class);

    List<RRef<Every>> created = List.of(
        worker.create(Every::new), worker.create(Every::new, 1), worker.create(Every::new, 1, 2),
        worker.create(Every::new, 1, 2, 3), worker.create(Every::new, 1, 2, 3, 4),
        worker.create(Every::new, 1, 2, 3, 4, 5), worker.create(Every::new, 1, 2, 3, 4, 5, 6));

    assertThat(created).hasSize(7);
    assertRecorded(Kind.CONSTRUCTOR, 0, List.of("Fn"), List.of(Every.class));
  }

  @Test
  @SuppressWarnings("unchecked") // The class of a RemoteObject<Every> has no type arguments.
  void objectCallsPickTheKindOfTheMethod() {
    RemoteObject<Every> object = recording(RemoteObject.class);

    List<Future<String>> plain = List.of(
        object.call(Every::get0), object.call(Every::get1, 1), object.call(Every::get2, 1, 2),
        object.call(Every::get3, 1, 2, 3), object.call(Every::get4, 1, 2, 3, 4),
        object.call(Every::get5, 1, 2, 3, 4, 5), object.call(Every::get6, 1, 2, 3, 4, 5, 6));
    List<Future<String>> async = List.of(
        object.call(Every::later0), object.call(Every::later1, 1), object.call(Every::later2, 1, 2),
        object.call(Every::later3, 1, 2, 3), object.call(Every::later4, 1, 2, 3, 4),
        object.call(Every::later5, 1, 2, 3, 4, 5), object.call(Every::later6, 1, 2, 3, 4, 5, 6));
    List<Future<Void>> none = List.of(
        object.call(Every::set0), object.call(Every::set1, 1), object.call(Every::set2, 1, 2),
        object.call(Every::set3, 1, 2, 3), object.call(Every::set4, 1, 2, 3, 4),
        object.call(Every::set5, 1, 2, 3, 4, 5), object.call(Every::set6, 1, 2, 3, 4, 5, 6));

    assertThat(List.of(plain.size(), async.size(), none.size())).containsOnly(7);
    assertRecorded(Kind.METHOD, 1, List.of("Fn", "AsyncFn", "VoidFn"),
        List.of(String.class, String.class, Void.class));
  }

  @Test
  @SuppressWarnings("unchecked") // As above.
  void objectRemotesPickTheKindOfTheMethod() {
    RemoteObject<Every> object = recording(RemoteObject.class);

    List<RRef<String>> plain = List.of(
        object.remote(Every::get0), object.remote(Every::get1, 1), object.remote(Every::get2, 1, 2),
        object.remote(Every::get3, 1, 2, 3), object.remote(Every::get4, 1, 2, 3, 4),
        object.remote(Every::get5, 1, 2, 3, 4, 5), object.remote(Every::get6, 1, 2, 3, 4, 5, 6));
    List<RRef<String>> async = List.of(
        object.remote(Every::later0), object.remote(Every::later1, 1), object.remote(Every::later2, 1, 2),
        object.remote(Every::later3, 1, 2, 3), object.remote(Every::later4, 1, 2, 3, 4),
        object.remote(Every::later5, 1, 2, 3, 4, 5), object.remote(Every::later6, 1, 2, 3, 4, 5, 6));

    assertThat(List.of(plain.size(), async.size())).containsOnly(7);
    assertRecorded(Kind.METHOD, 1, List.of("Fn", "AsyncFn"), List.of(String.class, String.class));
  }

  /** Seven calls for each of {@code functionalTypes}, of arity 0 to 6 without the receiver. */
  private void assertRecorded(Kind kind, int receivers, List<String> functionalTypes,
      List<Class<?>> results) {
    assertThat(overloads).isEqualTo(functionalTypes.stream()
        .flatMap(type -> IntStream.range(0, 7).mapToObj(arity -> type + (arity + receivers))).toList());
    assertThat(references).extracting(reference -> reference.name().kind()).containsOnly(kind);
    assertThat(references).extracting(reference -> reference.parameterTypes().size())
        .isEqualTo(functionalTypes.stream().flatMap(type -> IntStream.range(0, 7).boxed()).toList());
    assertThat(references).extracting(MethodReference::resultType)
        .isEqualTo(results.stream().flatMap(result -> Stream.generate(() -> result).limit(7)).toList());
  }

  private <T> T recording(Class<T> type) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
        (proxy, overload, arguments) -> record(overload, arguments)));
  }

  private Object record(Method overload, Object[] arguments) {
    overloads.add(overload.getParameterTypes()[0].getSimpleName());
    references.add(MethodReference.of((Serializable) arguments[0]));
    return overload.getReturnType() == Future.class
        ? Future.succeededFuture()
        : Proxy.newProxyInstance(RRef.class.getClassLoader(), new Class<?>[] {RRef.class}, (p, m, a) -> null);
  }
}
