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
    watch.enter(function, now);
    Runnable ending = run();
    watch.exit();
    try {
      ending.run();
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
      return served.deadline().isOver() ? () -> reply.fail(reply.late()) : run();
    } finally {
      served.release();
    }
  }

  /** Calls the function; what it returns tells the caller of the end. */
  private Runnable run() {
    Reply reply = serving.reply();
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
        return () -> { };
      }
      return () -> reply.succeed(function, codec, result);
    } catch (Throwable thrown) {
      // Whatever it is, the caller gets an answer.
      return () -> reply.fail(reply.thrown(thrown));
    } finally {
      context.endDispatch(previous);
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
