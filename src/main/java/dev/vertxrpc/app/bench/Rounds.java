package dev.vertxrpc.app.bench;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Collectives;
import dev.vertxrpc.Reducers;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.app.launch.Loop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** The part of one participant in a number of rounds; all of them do the same. Stateless. */
@Remote
public final class Rounds {
  /** What they do together: everybody gets what all have, or one value made of that. */
  public enum Kind { GATHER, REDUCE }

  private static final long LOOK_AGAIN_MILLIS = 10;

  private Rounds() {}

  /** Takes part on the worker that is called; 0 floats stand for an int. */
  public static Future<Long> join(Kind kind, List<String> names, int rounds, int floats) {
    return take(CallContext.current().rpc(), kind, names, rounds, floats);
  }

  /** Meets the others, and answers how many nanoseconds the rounds after that took. */
  static Future<Long> take(Rpc rpc, Kind kind, List<String> names, int rounds, int floats) {
    return known(rpc, names).compose(all -> {
      Collectives among = rpc.collectives().among(names.toArray(String[]::new));
      Collectives.Typed<Integer> ints = among.of(Integer.class);
      Collectives.Typed<float[]> arrays = among.of(float[].class);
      float[] array = ones(floats);
      return timed(among, rounds, switch (kind) {
        case GATHER -> index -> floats == 0 ? ints.allGather(index) : arrays.allGather(array);
        case REDUCE -> index -> floats == 0 ? ints.allReduce(index, Integer::max)
            : arrays.allReduce(array, Reducers::max);
      });
    });
  }

  /** Whoever has just joined is not known to everybody at once. */
  private static Future<Void> known(Rpc rpc, List<String> names) {
    if (names.stream().allMatch(name -> rpc.group().worker(name).isPresent())) {
      return Future.succeededFuture();
    }
    Context context = Vertx.currentContext();
    return Future.<Void>future(later -> context.owner().setTimer(LOOK_AGAIN_MILLIS, look -> later.complete()))
        .compose(looked -> known(rpc, names));
  }

  private static Future<Long> timed(Collectives among, int rounds, IntFunction<Future<?>> one) {
    return among.barrier().compose(met -> {
      long started = System.nanoTime();
      return Loop.times(rounds, one).map(done -> System.nanoTime() - started);
    });
  }

  static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
