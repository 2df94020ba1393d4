package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.function.Function;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.Payload;
import io.netty.util.Timeout;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * One call on its way through this worker: it waits here for whatever it needs, then its {@link Execution} runs, and
 * its {@link Reply} ends it.
 *
 * <pre>
 *   arrived --> (object made) --> decoded --> references confirmed --> its turn --> running --> ended
 *       '------------'--------------'------------------'-----------------'---refused-------------^
 * </pre>
 *
 * <p>Up to its start it is confined to the worker's context; it is given up, and ends, on any thread.
 */
final class Serving implements Abandonable, Runnable {
  private final Responder responder;
  private final Caller caller;
  private final ServedCall served;
  private final boolean admitted;
  private final long bytes;
  private final Reply reply;
  /** What came, and the references that came with it; null when it has ended, which may be long before its function. */
  private volatile Frame.Call frame;
  private volatile ArgumentGate.Arrival arrival;
  /** Its wait for the object that it is called on; null where it need not. */
  private Subscription<Object> object;
  /** What ends it, or fails the kept value, at its deadline; null where nothing does. */
  private volatile Timeout expiry;
  /** What it is a method of; null where that is no kept value. */
  private Receivers.Receiver target;
  /** Its place among others that it may not overtake; null where it has none. */
  private Turns.Turn turn;
  private volatile Execution execution;
  private boolean started;

  /** Of a call that counts, or does not, among the calls {@code admitted} for its caller. */
  Serving(Responder responder, Caller caller, ServedCall served, Frame.Call frame, ArgumentGate.Arrival arrival,
          Receivers.Kept kept, boolean admitted) {
    this.responder = responder;
    this.caller = caller;
    this.served = served;
    this.frame = frame;
    this.bytes = frame.bytes();
    this.arrival = arrival;
    this.admitted = admitted;
    this.reply = new Reply(this, kept);
    if (kept != null) {
      kept.onOrphaned(() -> cancel("its caller is gone, and nobody holds its value"));
      limitTime();
    }
  }

  /** It may have to wait for an object, a reference or its turn, but never longer than its caller does. */
  private void limitTime() {
    if (expiry == null) {
      served.deadline().remaining().ifPresent(left ->
          expiry = responder.setup().node().clock().schedule(left, this::giveUp));
    }
  }

  // On the clock's thread.
  private void giveUp() {
    responder.setup().context().runOnContext(late -> {
      if (started) {
        stop(reply.late());
      } else {
        refuse(reply.late());
      }
    });
  }

  /**
   * Serves it as a static function or constructor, or as a method of the object that is served; those of one caller
   * that do not block start in order.
   */
  void function(Function function, Object object, Turns callersTurns) {
    if (function.mode() != Function.Mode.BLOCKING) {
      turn = callersTurns.take(served);
    }
    prepare(function, object);
  }

  /** Serves it as a method of {@code object}, whose methods take turns in the order of arrival. */
  void method(Receivers.Receiver object) {
    target = object;
    turn = object.turns().take(served);
    if (!object.value().isComplete()) {
      limitTime();
    }
    this.object = Subscription.of(object.value(), (made, failure) -> {
      if (failure == null) {
        method(object, made);
      } else {
        refuse((RpcException) failure);
      }
    });
    this.object.begin();
  }

  /** What has not been decoded by now has to wait, and is lent no longer. */
  void keep() {
    Frame.Call undecoded = frame;
    if (undecoded != null) {
      frame = undecoded.with(undecoded.arguments().kept());
    }
  }

  private void method(Receivers.Receiver object, Object made) {
    if (reply.isGiven()) {
      return;
    }
    try {
      Function function = responder.method(served.function(), object, made);
      if (function.concurrent()) {
        turn.done();
        turn = null;
      }
      prepare(function, made);
    } catch (Throwable refused) {
      // Whatever it is: the caller gets an answer, and the object its turn back.
      refuseFor(refused);
    }
  }

  private void prepare(Function function, Object receiver) {
    Frame.Call arrived = frame;
    ArgumentGate.Arrival references = arrival;
    ValueCodec codec = responder.codec(arrived.codec());
    frame = null;
    if (!responder.decoder().takes(arrived.arguments(), arrived.forks(), codec)) {
      prepared(new Execution(this, function, receiver, codec, arguments(arrived, codec, function, references)));
      return;
    }
    responder.decoder().decode(arrived.arguments(), arrived.forks(), codec,
        () -> arguments(arrived, codec, function, references), (arguments, undecodable) -> {
          if (undecodable != null) {
            refuseFor(undecodable);
          } else if (!reply.isGiven()) {
            prepared(new Execution(this, function, receiver, codec, arguments));
          }
        });
    // Its place among others it keeps meanwhile.
    limitTime();
  }

  private static Object[] arguments(Frame.Call arrived, ValueCodec codec, Function function,
                                    ArgumentGate.Arrival references) {
    Payload values = arrived.arguments();
    return codec.decode(values.array(), values.start(), values.length(), values.bulk(), function.parameterTypes(),
        references);
  }

  private void prepared(Execution ready) {
    try {
      execution = ready;
      confirm();
    } catch (Throwable refused) {
      refuseFor(refused);
    }
  }

  private void confirm() {
    Future<Void> confirmed = arrival.confirmed();
    if (confirmed.succeeded()) {
      proceed();
    } else {
      limitTime();
      confirmed.onComplete(done -> responder.setup().context().execute(() -> {
        if (done.succeeded()) {
          proceed();
        } else {
          refuse((RpcException) done.cause());
        }
      }));
    }
  }

  private void proceed() {
    if (reply.isGiven()) {
      return;
    }
    if (turn == null) {
      run();
    } else {
      turn.ready(this);
      if (!started && !reply.isGiven()) {
        limitTime();
      }
    }
  }

  /** Its turn has come. */
  @Override
  public void run() {
    if (reply.isGiven()) {
      return;
    }
    started = true;
    long now = responder.setup().node().clock().nanoTime();
    if (served.deadline().isOver(now)) {
      refuse(reply.late());
    } else if (!execution.begin(now)) {
      refuse(reply.overloaded());
    }
  }

  /** Ends it without having run it. */
  void refuse(RpcException why) {
    if (reply.isGiven()) {
      return;
    }
    arrival.discard();
    giveTurnBack();
    reply.fail(why);
  }

  /** The same for what came up on the way to its start. */
  void refuseFor(Throwable why) {
    refuse(reply.refused(why));
  }

  /** Nobody waits for it any more among those that it may not overtake. */
  void giveTurnBack() {
    if (turn != null) {
      turn.done();
    }
  }

  /** A function that has started is told, and goes on as long as it likes; nobody gets its answer. */
  @Override
  public void cancel(String why) {
    stop(reply.cancelled(why));
  }

  @Override
  public boolean outlivesCaller() {
    return reply.isHeld();
  }

  private void stop(RpcException why) {
    // First the value: a function that is interrupted may fail at once, and would say why instead.
    reply.failKept(why);
    served.cancel();
    responder.setup().context().runOnContext(now -> {
      Execution running = execution;
      if (!started) {
        refuse(reply.unwanted());
      } else if (running != null && (running.isAsync() || !served.isOnThread())) {
        // It may never complete its Future, or has not got a thread so far and is not going to.
        giveTurnBack();
        reply.fail(reply.unwanted());
      }
    });
  }

  /** Its reply is given: by {@code function}, with the failure if it is one. */
  void ended(String function, Optional<RpcFailure> failure) {
    if (expiry != null) {
      expiry.cancel();
    }
    letGo();
    responder.ended(this, function, failure);
  }

  // Whoever still refers to it, a thread or a value that is being made, does not keep what came with it.
  private void letGo() {
    if (target != null) {
      target.end();
    }
    if (object != null) {
      object.end();
    }
    Execution over = execution;
    if (over != null) {
      over.drop();
    }
    execution = null;
    frame = null;
    arrival = null;
  }

  Responder responder() {
    return responder;
  }

  Reply reply() {
    return reply;
  }

  /** Its place among others; null where it has none. */
  Turns.Turn turn() {
    return turn;
  }

  Caller caller() {
    return caller;
  }

  long bytes() {
    return bytes;
  }

  ServedCall served() {
    return served;
  }

  boolean isAdmitted() {
    return admitted;
  }
}
