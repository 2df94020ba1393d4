package dev.vertxrpc.app.bench;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Collectives;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.app.launch.Loop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;

/** The part of one participant in a number of rounds; all of them do the same. Stateless. */
@Remote
public final class Rounds {
  private static final long LOOK_AGAIN_MILLIS = 10;

  private Rounds() {}

  /** Takes part on the worker that is called; 0 floats stand for an int. */
  public static Future<Long> join(List<String> names, int rounds, int floats) {
    return take(CallContext.current().rpc(), names, rounds, floats);
  }

  /** Meets the others, and answers how many nanoseconds the rounds after that took. */
  static Future<Long> take(Rpc rpc, List<String> names, int rounds, int floats) {
    return known(rpc, names).compose(all -> {
      Collectives among = rpc.collectives().among(names.toArray(String[]::new));
      return floats == 0 ? timed(among, Integer.class, rpc.self().rank(), rounds)
          : timed(among, float[].class, ones(floats), rounds);
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

  private static <T> Future<Long> timed(Collectives among, Class<T> type, T value, int rounds) {
    Collectives.Typed<T> typed = among.of(type);
    return among.barrier().compose(met -> {
      long started = System.nanoTime();
      return Loop.times(rounds, index -> typed.allGather(value)).map(done -> System.nanoTime() - started);
    });
  }

  static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
