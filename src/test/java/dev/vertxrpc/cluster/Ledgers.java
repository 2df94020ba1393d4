package dev.vertxrpc.cluster;

import dev.vertxrpc.CallContext;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** An interface with all that one may have, and an object of it. Thread-safe. */
public final class Ledgers {
  private Ledgers() {}

  /** Checked. */
  public static final class MissingException extends Exception {
    private static final long serialVersionUID = 1L;

    MissingException(String message) {
      super(message);
    }
  }

  /** Says elsewhere what it is about. */
  public interface Book<K, V, F> {
    V get(K key);

    Future<List<V>> all(List<? extends K> keys);

    F size();

    void put(K key, V value) throws MissingException;
  }

  /** Generics bound, overloads, two parents, a default, a static and many parameters. */
  public interface Ledger extends Book<String, Integer, Future<Integer>>, AutoCloseable {
    Future<String> put(int value);

    String put(long first, List<Integer> rest);

    String seven(int a, long b, double c, boolean d, String e, List<String> f, Map<String, Integer> g);

    default String twice(String key) {
      return where() + " " + 2 * get(key);
    }

    static String where() {
      try {
        return CallContext.current().rpc().self().name();
      } catch (IllegalStateException noCall) {
        return "here";
      }
    }

    @Override
    void close() throws MissingException;
  }

  static Ledger open() {
    return new OpenLedger();
  }

  private static final class OpenLedger implements Ledger {
    private final Map<String, Integer> values = new ConcurrentHashMap<>();

    @Override
    public Integer get(String key) {
      return values.get(key);
    }

    @Override
    public Future<List<Integer>> all(List<? extends String> keys) {
      return Future.succeededFuture(keys.stream().map(values::get).toList());
    }

    @Override
    public Future<Integer> size() {
      return Future.succeededFuture(values.size());
    }

    @Override
    public void put(String key, Integer value) throws MissingException {
      if (value == null) {
        throw new MissingException("no value for " + key);
      }
      values.put(key, value);
    }

    @Override
    public Future<String> put(int value) {
      return Future.succeededFuture("int " + value);
    }

    @Override
    public String put(long first, List<Integer> rest) {
      return "long " + first + " and " + rest;
    }

    @Override
    public String seven(int a, long b, double c, boolean d, String e, List<String> f, Map<String, Integer> g) {
      return List.of(a, b, c, d, e, f, new TreeMap<>(g)).toString();
    }

    @Override
    public void close() {
      values.clear();
    }
  }
}
