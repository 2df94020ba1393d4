package dev.vertxrpc.cluster;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Values with arrays that travel beside the body, and functions of them. Thread-safe. */
@Remote
public final class Payloads {
  static final AtomicInteger RUN = new AtomicInteger();

  private Payloads() {}

  /** Two arrays that may be one. */
  public record Payload(String name, double[] weights, double[] gradient) {
    static Payload of(String name, int size, double value) {
      double[] shared = new double[size];
      java.util.Arrays.fill(shared, value);
      return new Payload(name, shared, shared);
    }

    boolean isShared() {
      return weights == gradient;
    }
  }

  /** The same payloads in several places. */
  public record Basket(List<Payload> list, Map<String, Payload> map, Payload one, List<Buffer> buffers) {}

  public static Payload added(Payload x, Payload y) {
    return new Payload(x.name() + "+" + y.name(), Ops.add(x.weights(), y.weights()),
        Ops.add(x.gradient(), y.gradient()));
  }

  public static Payload echo(Payload payload) {
    return payload;
  }

  public static Buffer bytes(Buffer bytes) {
    return bytes;
  }

  public static Basket basket(Basket basket) {
    return basket;
  }

  public static double sum(List<Payload> payloads) {
    return payloads.stream().flatMapToDouble(each -> java.util.Arrays.stream(each.weights())).sum();
  }

  /** Whether what was one array is one, here too. */
  public static boolean isOne(Payload payload, double[] weights) {
    return payload.isShared() && payload.weights() == weights;
  }

  /** Writes to what it got, and gives it back twice. */
  public static List<double[]> spoilt(double[] array) {
    array[0] = -1;
    return List.of(array, array);
  }

  /** Asks its caller for the sum. */
  public static Payload addedThere(Payload x, Payload y) {
    CallContext call = CallContext.current();
    return Rpc.await(call.rpc().on(call.caller()).call(Payloads::added, x, y));
  }

  public static String named(Future<String> name) {
    RUN.incrementAndGet();
    return name.result();
  }

  public static String read(InputStream stream) {
    RUN.incrementAndGet();
    return "read";
  }

  public static String play(ReadStream<Buffer> stream) {
    RUN.incrementAndGet();
    return "played";
  }

  public static InputStream open() {
    return new ByteArrayInputStream(new byte[1]);
  }

  public static ReadStream<Buffer> stream() {
    return new Silence();
  }

  /** A stream of nothing. */
  static final class Silence implements ReadStream<Buffer> {
    @Override
    public Silence exceptionHandler(Handler<Throwable> handler) {
      return this;
    }

    @Override
    public Silence handler(Handler<Buffer> handler) {
      return this;
    }

    @Override
    public Silence pause() {
      return this;
    }

    @Override
    public Silence resume() {
      return this;
    }

    @Override
    public Silence fetch(long amount) {
      return this;
    }

    @Override
    public Silence endHandler(Handler<Void> handler) {
      return this;
    }
  }
}
