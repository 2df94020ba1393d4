package dev.vertxrpc.cluster;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.cluster.Payloads.Payload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Functions of references to payloads, which they close, and a parameter server of such. Thread-safe. */
@Remote
public final class PayloadRefs {
  private static final int ROUNDS_OF_WORK = 200;

  private PayloadRefs() {}

  /** A value that refers to values elsewhere. */
  public record Pair(RRef<Payload> first, RRef<Payload> second) {}

  private static RemoteWorker on(String worker) {
    return CallContext.current().rpc().on(worker);
  }

  public static Payload make(String name, int size, double value) {
    return Payload.of(name, size, value);
  }

  public static Future<Payload> plus(RRef<Payload> x, Payload y) {
    return x.toHere().map(there -> Payloads.added(there, y)).onComplete(done -> x.close());
  }

  public static Future<Payload> sum(RRef<Payload> x, RRef<Payload> y) {
    return Future.all(x.toHere(), y.toHere()).map(both -> Payloads.added(both.resultAt(0), both.resultAt(1)))
        .onComplete(done -> {
          x.close();
          y.close();
        });
  }

  /** Leaves the sum with a third worker, and fetches it from there. */
  public static Future<Payload> sumOn(String worker, Payload x, Payload y) {
    RRef<Payload> sum = on(worker).remote(Payloads::added, x, y);
    return sum.toHere().onComplete(done -> sum.close());
  }

  public static Pair pairOn(String worker, int size, double first, double second) {
    return new Pair(on(worker).remote(PayloadRefs::make, "first", size, first),
        on(worker).remote(PayloadRefs::make, "second", size, second));
  }

  public static int zero() {
    return 0;
  }

  /** Takes its time, and answers 0 if the payload arrived whole. */
  public static int heavy(Payload payload) {
    double total = 0;
    for (int i = 0; i < ROUNDS_OF_WORK; i++) {
      for (double weight : payload.weights()) {
        total += Math.sin(weight) * Math.sin(weight) + Math.cos(weight) * Math.cos(weight);
      }
    }
    return Arrays.equals(payload.weights(), payload.gradient())
        ? (int) Math.round(total - (double) ROUNDS_OF_WORK * payload.weights().length) : -1;
  }

  /** Answers everybody who has pushed when the last one does. Its methods take turns. */
  @Remote
  public static final class Averages {
    private final int trainers;
    private List<Promise<Payload>> waiting = new ArrayList<>();
    private Payload sum;

    public Averages(int trainers) {
      this.trainers = trainers;
    }

    public Future<Payload> push(Payload gradient) {
      Promise<Payload> average = Promise.promise();
      waiting.add(average);
      sum = sum == null ? gradient : Payloads.added(sum, gradient);
      if (waiting.size() == trainers) {
        double[] mean = new double[sum.weights().length];
        for (int i = 0; i < mean.length; i++) {
          mean[i] = sum.weights()[i] / trainers;
        }
        List<Promise<Payload>> all = waiting;
        waiting = new ArrayList<>();
        sum = null;
        all.forEach(each -> each.complete(new Payload("mean", mean, mean)));
      }
      return average.future();
    }
  }

  /** Pushes in every round its rank and what it got in the round before; answers what it got last. */
  public static Future<Payload> train(RRef<Averages> server, int size, int rounds) {
    int rank = CallContext.current().rpc().self().rank();
    Future<Payload> mean = Future.succeededFuture(Payload.of("zero", size, 0));
    for (int i = 0; i < rounds; i++) {
      mean = mean.compose(before -> server.call(Averages::push,
          Payload.of("gradient", size, before.weights()[0] + rank)));
    }
    return mean.onComplete(done -> server.close());
  }
}
