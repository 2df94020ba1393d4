package dev.vertxrpc.call;

import dev.vertxrpc.CallContextLocal;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.wire.Frame;
import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call on its way through this worker.
 *
 * <pre>
 *   arrived --> (object made) --> decoded --> references confirmed --> its turn --> running --> ended
 *       '------------'--------------'------------------'-----------------'---refused-------------^
 * </pre>
 *
 * <p>Up to its start it is confined to the worker's context. It ends on whichever thread its function ends,
 * once.
 */
final class Serving implements Abandonable {
  private final Responder responder;
  private final CallSetup setup;
  private final ServedCall served;
  private final Frame.Call call;
  private final ArgumentGate.Arrival arrival;
  /** Where the result stays; null where it is sent back. */
  private final Receivers.Kept kept;
  private final boolean admitted;
  private final AtomicBoolean ended = new AtomicBoolean();
  /** What ends it, or fails the kept value, at its deadline; null where nothing does. */
  private volatile Timeout expiry;
  private boolean started;
  private Function function;
  /** Of its arguments and, where that is sent back, its result. */
  private ValueCodec codec;
  private Object receiver;
  private Object[] arguments;
  /** Its place among others that it may not overtake; null where it has none. */
  private Turns.Turn turn;

  Serving(Responder responder, ServedCall served, Frame.Call call, ArgumentGate.Arrival arrival,
          Receivers.Kept kept, boolean admitted) {
    this.responder = responder;
    this.setup = responder.setup();
    this.served = served;
    this.call = call;
    this.arrival = arrival;
    this.kept = kept;
    this.admitted = admitted;
    if (kept != null) {
      atDeadline(this::giveUp);
    }
  }

  /** Whether it counts among the calls of its caller. */
  boolean isAdmitted() {
    return admitted;
  }

  // On the clock's thread. A function that runs goes on; its value has failed all the same.
  private void giveUp() {
    setup.context().runOnContext(late -> {
      if (!started) {
        refuse(late());
      } else if (kept != null) {
        kept.fail(late().mayHaveRun(true));
      }
    });
  }

  private void atDeadline(Runnable late) {
    served.deadline().remaining().ifPresent(left -> expiry = setup.node().clock().schedule(left, late));
  }

  /** It may have to wait for an object, a reference or its turn, but never longer than its caller does. */
  private void limitWait() {
    if (expiry == null) {
      atDeadline(this::giveUp);
    }
  }

  /**
   * Serves it as a static function or constructor, or as a method of the object that is served; those of one caller
   * that do not block start in order.
   */
  void function(Function found, Object object, Turns callersTurns) {
    function = found;
    receiver = object;
    if (found.mode() != Function.Mode.BLOCKING) {
      turn = callersTurns.take(call.root());
    }
    prepare();
  }

  /** Serves it as a method of {@code object}, whose methods take turns in the order of arrival. */
  void method(Receivers.Receiver object, FunctionTable functions) {
    turn = object.turns().take(call.root());
    if (!object.value().isComplete()) {
      limitWait();
    }
    object.value().onComplete(made -> {
      if (made.failed()) {
        refuse((RpcException) made.cause());
        return;
      }
      try {
        receiver = made.result();
        if (receiver == null) {
          throw RpcException.of(RpcFailure.NO_SUCH_FUNCTION, "the value that " + call.function()
              + " is called on is null on " + self());
        }
        function = object.api().map(api -> functions.served(call.function(), api, receiver.getClass()))
            .orElseGet(() -> functions.method(call.function(), receiver.getClass()));
        if (function.concurrent()) {
          turn.done();
          turn = null;
        }
        prepare();
      } catch (RpcException refused) {
        refuse(setup.failures().refused(refused, call.function().toString(), served.callId()));
      } catch (Throwable defect) {
        // Of ours: the caller gets an answer, and the object its turn back, all the same.
        refuse(thrown(defect).mayHaveRun(false));
      }
    });
  }

  private void prepare() {
    codec = responder.codec(call.codec());
    arguments = codec.decode(call.arguments().body(), call.arguments().bulk(), function.parameterTypes(), arrival);
    Future<Void> confirmed = arrival.confirmed();
    if (confirmed.succeeded()) {
      proceed();
    } else {
      limitWait();
      confirmed.onComplete(done -> setup.context().execute(() -> {
        if (done.succeeded()) {
          proceed();
        } else {
          refuse((RpcException) done.cause());
        }
      }));
    }
  }

  private void proceed() {
    if (turn == null) {
      start();
    } else {
      turn.ready(this::start);
      if (!started && !ended.get()) {
        limitWait();
      }
    }
  }

  private void start() {
    if (ended.get()) {
      return;
    }
    started = true;
    if (served.deadline().isOver()) {
      refuse(late());
    } else if (function.mode() != Function.Mode.BLOCKING) {
      responder.watch().enter(function);
      Runnable ending = run();
      responder.watch().exit();
      ending.run();
      giveTurnBack();
    } else {
      try {
        setup.executor().execute(() -> {
          Runnable ending = runBlocking();
          return () -> {
            ending.run();
            setup.context().runOnContext(done -> giveTurnBack());
          };
        });
      } catch (RejectedExecutionException full) {
        refuse(RpcException.of(RpcFailure.OVERLOADED, "no thread is free for " + function + " on " + self()
            + ", and blockingQueue is full"));
      }
    }
  }

  private Runnable runBlocking() {
    if (!served.occupy(turn)) {
      return () -> fail(abandoned());
    }
    try {
      // It may have waited long for a thread.
      return served.deadline().isOver() ? () -> fail(late()) : run();
    } finally {
      served.release();
    }
  }

  /** Calls the function; what it returns tells the caller of the end. */
  private Runnable run() {
    ContextInternal context = setup.context().duplicate();
    CallContextLocal.put(context, served);
    ContextInternal previous = context.beginDispatch();
    try {
      Object result = function.invoke(receiver, arguments);
      if (function.mode() == Function.Mode.ASYNC) {
        await((Future<?>) result);
        return () -> { };
      }
      return () -> succeed(result);
    } catch (Throwable thrown) {
      // Whatever it is, the caller gets an answer.
      return () -> fail(thrown(thrown));
    } finally {
      context.endDispatch(previous);
    }
  }

  private void await(Future<?> future) {
    if (future == null) {
      throw new NullPointerException(function + " returned null instead of a Future");
    }
    future.onComplete(done -> {
      if (done.succeeded()) {
        succeed(done.result());
      } else {
        fail(thrown(done.cause()));
      }
    });
  }

  private void succeed(Object value) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    Optional<RpcFailure> failure = Optional.empty();
    if (kept == null && served.isCancelled()) {
      failure = Optional.of(RpcFailure.CANCELLED);
    } else if (kept == null) {
      failure = responder.replies().value(served.caller(), served.callId(), function.text(), codec,
          function.resultType(), value);
    } else {
      kept.complete(value, function.resultType());
    }
    end(function.text(), failure);
  }

  private void fail(RpcException failure) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    if (kept == null && !served.isCancelled()) {
      responder.replies().failure(served.caller(), served.callId(), failure);
    } else if (kept != null) {
      kept.fail(failure);
    }
    end(String.valueOf(call.function()), Optional.of(failure.failure()));
  }

  private void end(String name, Optional<RpcFailure> failure) {
    if (expiry != null) {
      expiry.cancel();
    }
    responder.ended(this, served, call, name, failure);
  }

  /** A function that has started is told, and goes on as long as it likes; nobody gets its answer. */
  @Override
  public List<PendingCall> cancel(String why) {
    List<PendingCall> nested = served.cancel();
    if (kept != null) {
      kept.fail(RpcException.of(RpcFailure.CANCELLED, call.function() + " on " + self() + ": " + why)
          .mayHaveRun(true));
    }
    setup.context().runOnContext(now -> {
      if (!started) {
        refuse(abandoned());
      } else if (function.mode() == Function.Mode.ASYNC) {
        // It holds no thread, and may never complete its Future.
        fail(abandoned());
      }
    });
    return nested;
  }

  private RpcException abandoned() {
    return RpcException.of(RpcFailure.CANCELLED, "the caller of " + call.function() + " on " + self() + " gave it up");
  }

  /** Ends it without having run it. */
  void refuse(RpcException why) {
    arrival.discard();
    giveTurnBack();
    fail(why);
  }

  private void giveTurnBack() {
    if (turn != null) {
      turn.done();
    }
  }

  private RpcException thrown(Throwable thrown) {
    return setup.failures().thrown(thrown, call.function().toString(), served.caller(), served.callId());
  }

  private RpcException late() {
    return RpcException.of(RpcFailure.TIMEOUT, "the time of " + call.function() + " had passed on " + self());
  }

  private String self() {
    return setup.endpoint().self().toString();
  }
}
