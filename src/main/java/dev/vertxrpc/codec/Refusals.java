package dev.vertxrpc.codec;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.nio.channels.Channel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;

/**
 * The classes whose objects belong to the place where they were made, whatever getters they have.
 * Thread-safe.
 */
final class Refusals {
  private static final String AT_HOME =
      "keep it, own() it and pass the RRef, or pass a record of what the other side needs";
  private static final String ITS_VALUE = "a Future stays where its value is made. Make the call when that is there, "
      + "future.compose(value -> worker.call(function, value)); a result may be an io.vertx.core.Future itself, but "
      + "not hold one";
  private static final String WHAT_IT_READS = "a stream is read where it is. Pass what was read, a Buffer or a List, "
      + "or own() an object that reads it and call that through the RRef";

  /** What to do instead, by class; the first that fits says it. */
  private static final Map<Class<?>, String> PINNED = new LinkedHashMap<>();

  static {
    pin(ITS_VALUE, Future.class, java.util.concurrent.Future.class, CompletionStage.class, Promise.class);
    pin(WHAT_IT_READS, ReadStream.class, InputStream.class, Reader.class, Flow.Publisher.class, BaseStream.class,
        Iterator.class);
    pin(AT_HOME, Flow.Subscriber.class, WriteStream.class, OutputStream.class, Writer.class, Channel.class,
        Handler.class, Vertx.class, Context.class, Thread.class, ThreadGroup.class, ThreadLocal.class, Executor.class,
        ClassLoader.class, AnnotatedElement.class, Type.class, Throwable.class);
  }

  private static final ClassValue<String> REFUSALS = new ClassValue<>() {
    @Override
    protected String computeValue(Class<?> type) {
      // Hidden classes are what lambdas and method references are made of.
      return type.isHidden() ? message(type) : PINNED.entrySet().stream()
          .filter(pinned -> pinned.getKey().isAssignableFrom(type)).findFirst()
          .map(pinned -> message(type, pinned.getValue())).orElse(null);
    }
  };

  private Refusals() {
  }

  /** Why objects of that class cannot travel, or null where they may. */
  static String of(Class<?> type) {
    return REFUSALS.get(type);
  }

  static String message(Class<?> type) {
    return message(type, AT_HOME);
  }

  private static String message(Class<?> type, String instead) {
    return (type.isHidden() ? "a lambda" : type.getTypeName()) + " cannot travel: " + instead;
  }

  private static void pin(String instead, Class<?>... types) {
    for (Class<?> type : types) {
      PINNED.put(type, instead);
    }
  }
}
