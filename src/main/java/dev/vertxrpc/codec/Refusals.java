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
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;

/**
 * The classes whose objects belong to the place where they were made, whatever getters they have.
 * Thread-safe.
 */
final class Refusals {
  private static final List<Class<?>> PINNED = List.of(
      Future.class, Promise.class, java.util.concurrent.Future.class, CompletionStage.class,
      Flow.Publisher.class, Flow.Subscriber.class, BaseStream.class, Iterator.class,
      InputStream.class, OutputStream.class, Reader.class, Writer.class, Channel.class,
      ReadStream.class, WriteStream.class, Handler.class, Vertx.class, Context.class,
      Thread.class, ThreadGroup.class, ThreadLocal.class, Executor.class, ClassLoader.class,
      AnnotatedElement.class, Type.class, Throwable.class);

  private static final ClassValue<String> REFUSALS = new ClassValue<>() {
    @Override
    protected String computeValue(Class<?> type) {
      return isPinned(type) ? message(type) : null;
    }
  };

  private Refusals() {
  }

  /** Why objects of that class cannot travel, or null where they may. */
  static String of(Class<?> type) {
    return REFUSALS.get(type);
  }

  static String message(Class<?> type) {
    String subject = type.isHidden() ? "a lambda" : type.getTypeName();
    return subject + " cannot travel: keep it, own() it and pass the RRef, or pass a record of what "
        + "the other side needs";
  }

  private static boolean isPinned(Class<?> type) {
    // Hidden classes are what lambdas and method references are made of.
    return type.isHidden() || PINNED.stream().anyMatch(pinned -> pinned.isAssignableFrom(type));
  }
}
