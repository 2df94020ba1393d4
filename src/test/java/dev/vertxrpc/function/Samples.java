package dev.vertxrpc.function;

import dev.vertxrpc.Concurrent;
import dev.vertxrpc.Fn1;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Functions of every kind to refer to and to look up. Thread-safe. */
public final class Samples {
  private Samples() {}

  /** What a user's file of functions looks like. Immutable. */
  @Remote
  public static final class Ops {
    private Ops() {}

    public static String none() {
      return "0";
    }

    public static String one(String a) {
      return a;
    }

    public static String two(String a, int b) {
      return a + b;
    }

    public static String three(String a, int b, long c) {
      return a + b + c;
    }

    public static String four(String a, int b, long c, double d) {
      return a + b + c + d;
    }

    public static String five(String a, int b, long c, double d, char e) {
      return a + b + c + d + e;
    }

    public static String six(String a, int b, long c, double d, char e, boolean f) {
      return a + b + c + d + e + f;
    }

    public static String seven(String a, int b, long c, double d, char e, boolean f, byte g) {
      return a + b + c + d + e + f + g;
    }

    public static double[] add(double[] x, double[] y) {
      return new double[] {x[0] + y[0]};
    }

    public static Future<List<String>> later(Map<String, List<Integer>> by) {
      return Future.succeededFuture(List.copyOf(by.keySet()));
    }

    public static Future<Void> done() {
      return Future.succeededFuture();
    }

    public static void log(String line) {}

    @NonBlocking
    public static int quick() {
      return 1;
    }

    public static void fail(String why) throws Exception {
      throw new IOException(why);
    }

    public static int sum(int... numbers) {
      return numbers.length;
    }

    public static <T> T same(T value) {
      return value;
    }

    public static <T> boolean hold(RRef<T> ref) {
      return ref == null;
    }

    static String hidden() {
      return "";
    }

    private static String secret(String a) {
      return a;
    }

    static MethodReference secretReference() {
      return MethodReference.of((Fn1<String, String>) Ops::secret);
    }
  }

  /** Methods that are exposed one by one. Immutable. */
  public static class Picky {
    @Remote
    public Picky() {}

    public Picky(int size) {}

    @Remote
    public static String open() {
      return "open";
    }

    public static double[] closed(double[] x, int n) {
      return x;
    }

    @Remote
    @Concurrent
    public int size() {
      return 1;
    }

    public int weight() {
      return 2;
    }

    @Remote
    protected int mass() {
      return 3;
    }
  }

  /** Overrides what it inherits, says nothing itself. Immutable. */
  public static final class Quiet extends Picky {
    @Override
    public int size() {
      return 10;
    }

    @Override
    public int weight() {
      return 20;
    }
  }

  /** Exposed as a whole; inherits. Immutable. */
  @Remote
  @Concurrent
  public static final class Server extends Picky {
    private final String name;

    public Server() {
      this("unnamed");
    }

    public Server(String name) {
      this.name = name;
    }

    public Server(int number) {
      this("server" + number);
    }

    public String name() {
      return name;
    }

    public Server copy() {
      return this;
    }

    public void rename(String to) {}

    @Override
    public int weight() {
      return 30;
    }
  }

  /** A generic interface, exposed. Thread-safe. */
  @Remote
  public interface Source<T> {
    T get();

    Future<T> later();

    default List<T> list(List<? extends T> more) {
      return List.of(get());
    }

    boolean put(T value);
  }

  /** Does not say what its T is. Immutable. */
  public static class Box<T> implements Source<T> {
    private final T value;

    public Box(T value) {
      this.value = value;
    }

    @Override
    public T get() {
      return value;
    }

    @Override
    public Future<T> later() {
      return Future.succeededFuture(value);
    }

    @Override
    public boolean put(T value) {
      return true;
    }
  }

  /** Says what its T is. Immutable. */
  public static final class StringBox extends Box<String> {
    public StringBox() {
      super("s");
    }

    @Override
    public boolean put(String value) {
      return value.isEmpty();
    }
  }

  /** Not annotated: only shared as itself. Thread-safe. */
  public interface PriceService {
    Future<Double> price(String of);

    default String unit() {
      return "EUR";
    }
  }

  /** Not public, but its interfaces are. Immutable. */
  static final class HiddenPrices implements PriceService, Source<String> {
    @Override
    public Future<Double> price(String of) {
      return Future.succeededFuture(1.5);
    }

    @Override
    public String get() {
      return "hidden";
    }

    @Override
    public Future<String> later() {
      return Future.succeededFuture("later");
    }

    @Override
    public boolean put(String value) {
      return false;
    }

    @Remote
    public void own() {}
  }

  /** Exposed, but not public. Immutable. */
  @Remote
  static final class HiddenOps {
    private HiddenOps() {}

    public static int one() {
      return 1;
    }
  }

  /** Where initialisers note that they ran; initialising it says nothing. Thread-safe. */
  public static final class Initialised {
    static volatile boolean closed;
    static volatile boolean open;

    private Initialised() {}
  }

  /** Must not be initialised by a peer. Immutable. */
  public static class Closed {
    static {
      Initialised.closed = true;
    }

    public static void touch() {}
  }

  /** Initialised when it is called, not when it is looked up. Immutable. */
  @Remote
  public static class Open {
    static {
      Initialised.open = true;
    }

    public static void touch() {}
  }
}
