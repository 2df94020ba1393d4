package dev.vertxrpc.testing;

import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.Remote;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.io.IOException;

/** Functions and methods of every kind that fail, with any of the throwables that are hard to tell. Thread-safe. */
@Remote
public final class Faults implements FaultyService {
  /** A class that cannot be made again from a message. */
  public static final class Several extends Exception {
    private static final long serialVersionUID = 1L;
    private final int number;

    public Several(int number, String text, Object more) {
      super(text + more);
      this.number = number;
    }

    public int number() {
      return number;
    }
  }

  /** Cannot even say what it is. */
  public static final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }

  /** What the service-proxy's ServiceException is: a reply with a code, and a class of its own. */
  public static final class Refusal extends ReplyException {
    private static final long serialVersionUID = 1L;

    public Refusal(int code, String message) {
      super(ReplyFailure.RECIPIENT_FAILURE, code, message);
    }
  }

  /** What there is to be thrown. */
  public enum Kind {
    PLAIN, LINES, CAUSED, CYCLIC, CHECKED, SEVERAL, NO_MESSAGE, HOSTILE, OVERFLOW, ERROR, REPLY, REFUSAL
  }

  public Faults() {}

  /** Never is one. */
  public Faults(Kind kind) {
    throw Faults.<RuntimeException>unchecked(of(kind));
  }

  /** A new one, whose stack trace begins in the caller of this. */
  public static Throwable of(Kind kind) {
    return switch (kind) {
      case PLAIN -> new IllegalStateException("text");
      case LINES -> new IllegalArgumentException("line 1\nline 2\ttab \"quoted\" \\n");
      case CAUSED -> caused();
      case CYCLIC -> cyclic();
      case CHECKED -> new IOException("no such file");
      case SEVERAL -> new Several(7, "seven", "!");
      case NO_MESSAGE -> new UnsupportedOperationException();
      case HOSTILE -> new Hostile();
      case OVERFLOW -> overflow();
      case ERROR -> new NoClassDefFoundError("com/acme/Missing");
      case REPLY -> new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 404, "not found");
      case REFUSAL -> new Refusal(409, "taken");
    };
  }

  private static Throwable caused() {
    Throwable thrown = new IllegalStateException("outer", new IOException("middle", new ArithmeticException("root")));
    thrown.addSuppressed(new IOException("on close", new IllegalArgumentException("closed")));
    thrown.addSuppressed(new AssertionError("too"));
    return thrown;
  }

  private static Throwable cyclic() {
    Exception first = new Exception("first");
    first.initCause(new Exception("second", first));
    return first;
  }

  private static Throwable overflow() {
    try {
      return new AssertionError("no overflow after " + recurse(0));
    } catch (StackOverflowError overflow) {
      return overflow;
    }
  }

  private static int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchecked(Throwable any) throws E {
    throw (E) any;
  }

  public static String blocking(Kind kind) {
    throw Faults.<RuntimeException>unchecked(of(kind));
  }

  @NonBlocking
  public static String onTheLoop(Kind kind) {
    throw Faults.<RuntimeException>unchecked(of(kind));
  }

  /** Fails before there is a Future. */
  public static Future<String> atOnce(Kind kind) {
    throw Faults.<RuntimeException>unchecked(of(kind));
  }

  public static Future<String> failedFuture(Kind kind) {
    return Future.failedFuture(of(kind));
  }

  @Override
  public String method(Kind kind) {
    throw Faults.<RuntimeException>unchecked(of(kind));
  }

  @Override
  public Future<String> asyncMethod(Kind kind) {
    return Future.failedFuture(of(kind));
  }
}
