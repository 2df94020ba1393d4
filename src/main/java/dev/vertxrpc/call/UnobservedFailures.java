package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failures of one worker's calls that nobody has looked at yet. One whose Future becomes garbage like that is
 * logged, and told to the listener, once. Thread-safe.
 */
final class UnobservedFailures {
  private static final Logger LOG = LoggerFactory.getLogger(UnobservedFailures.class);
  /** One thread for the whole JVM; not that of the references, because listeners are foreign code. */
  private static final Cleaner CLEANER = Cleaner.create();

  private final RpcListener listener;

  UnobservedFailures(RpcListener listener) {
    this.listener = listener;
  }

  /** Waits for {@code future}, which has failed, to be looked at or to become garbage. */
  Watch watch(CallFuture<?> future, String function, Throwable failure) {
    Report report = new Report(listener, function, failure, new AtomicBoolean());
    return new Watch(report.seen(), CLEANER.register(future, report));
  }

  /** What waits; it refers to the failure, not to the Future. */
  record Watch(AtomicBoolean seen, Cleaner.Cleanable cleanable) {
    /** Somebody has looked. */
    void end() {
      seen.set(true);
      cleanable.clean();
    }
  }

  private record Report(RpcListener listener, String function, Throwable failure, AtomicBoolean seen)
      implements Runnable {
    @Override
    public void run() {
      if (!seen.get()) {
        LOG.warn("event=failure-unobserved function={} worker={} failure={} message={}", function,
            worker(), RpcFailure.of(failure), failure.getMessage());
        listener.failureUnobserved(function, RpcFailure.of(failure));
      }
    }

    private String worker() {
      return failure instanceof RpcException rpc ? rpc.worker().map(Object::toString).orElse("none") : "none";
    }
  }
}
