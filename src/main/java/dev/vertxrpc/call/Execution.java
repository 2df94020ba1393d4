package dev.vertxrpc.call;

import dev.vertxrpc.CallContextLocal;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.function.Function;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.RejectedExecutionException;

/**
 * The run of a function with all that it needs: on the worker's context or, where it may block, on a thread of the
 * executor. What it comes to is the reply. Begun once, on the worker's context; it ends on whichever thread its
 * function ends.
 */
final class Execution {
  private final Serving serving;
  private final Function function;
  private final Object receiver;
  /** Of its arguments and, where that is sent back, its result. */
  private final ValueCodec codec;
  private volatile Object[] arguments;

  Execution(Serving serving, Function function, Object receiver, ValueCodec codec, Object[] arguments) {
    this.serving = serving;
    this.function = function;
    this.receiver = receiver;
    this.codec = codec;
    this.arguments = arguments;
  }

  /** Whether it may go on after its function has returned, and hold no thread. */
  boolean isAsync() {
    return function.mode() == Function.Mode.ASYNC;
  }

  /** Lets go of its arguments, where it is not going to run. */
  void drop() {
    arguments = null;
  }

  /**
   * Runs the function, at {@code now} by the node's clock, and gives its turn back behind it, on the worker's context.
   * False where no thread is free for it.
   */
  boolean begin(long now) {
    if (function.mode() == Function.Mode.BLOCKING) {
      return beginBlocking();
    }
    LoopWatch watch = serving.responder().watch();
    Object result = null;
    Throwable failure = null;
    watch.enter(function, now);
    try {
      result = run();
    } catch (Throwable thrown) {
      failure = thrown;
    }
    watch.exit();
    try {
      end(result, failure);
    } finally {
      serving.giveTurnBack();
    }
    return true;
  }

  private boolean beginBlocking() {
    CallSetup setup = serving.responder().setup();
    Turns.Turn turn = serving.turn();
    try {
      setup.executor().execute(() -> {
        Runnable ending = runBlocking(turn);
        return () -> {
          try {
            ending.run();
          } finally {
            setup.context().runOnContext(done -> serving.giveTurnBack());
          }
        };
      });
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  private Runnable runBlocking(Turns.Turn turn) {
    ServedCall served = serving.served();
    Reply reply = serving.reply();
    if (!served.occupy(turn)) {
      return () -> reply.fail(reply.unwanted());
    }
    try {
      // It may have waited long for a thread.
      if (served.deadline().isOver()) {
        return () -> reply.fail(reply.late());
      }
      Object result = run();
      return () -> end(result, null);
    } catch (Throwable thrown) {
      return () -> end(null, thrown);
    } finally {
      served.release();
    }
  }

  /** What the function returns. */
  private Object run() throws Throwable {
    ContextInternal context = serving.responder().setup().context().duplicate();
    CallContextLocal.put(context, serving.served());
    ContextInternal previous = context.beginDispatch();
    Object[] taken = arguments;
    // It may go on for long after its function has returned.
    arguments = null;
    try {
      Object result = function.invoke(receiver, taken);
      if (isAsync()) {
        await((Future<?>) result);
      }
      return result;
    } finally {
      context.endDispatch(previous);
    }
  }

  /** Tells the caller what was returned, or thrown: whatever it is, there is an answer. Of a Future when it ends. */
  private void end(Object result, Throwable thrown) {
    Reply reply = serving.reply();
    if (thrown != null) {
      reply.fail(reply.thrown(thrown));
    } else if (!isAsync()) {
      reply.succeed(function, codec, result);
    }
  }

  private void await(Future<?> future) {
    if (future == null) {
      throw new NullPointerException(function + " returned null instead of a Future");
    }
    Reply reply = serving.reply();
    future.onComplete(done -> {
      if (done.succeeded()) {
        reply.succeed(function, codec, done.result());
      } else {
        reply.fail(reply.thrown(done.cause()));
      }
    });
  }
}
