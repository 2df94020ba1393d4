package dev.vertxrpc.cluster;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.CallOptions;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.testing.Gates;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Functions that say on which thread, for whom and how long they run, or that fail. Thread-safe. */
@Remote
public final class Functions {
  /** What void functions were told. */
  static final BlockingQueue<String> NOTED = new LinkedBlockingQueue<>();
  private static final Map<String, CountDownLatch> LATCHES = new ConcurrentHashMap<>();
  private static final Map<String, Promise<String>> PROMISES = new ConcurrentHashMap<>();
  private static final long LIMIT_SECONDS = 20;

  private Functions() {}

  /** A value that no codec takes. */
  public static final class Unencodable {
    public String getText() {
      throw new IllegalStateException("no text");
    }
  }

  /** A value whose class is broken. */
  public record Broken(String text) {
    @Override
    public String text() {
      throw new NoClassDefFoundError("com/acme/Missing");
    }
  }

  /** A value for which there is never enough memory. */
  public record Huge(String text) {
    @Override
    public String text() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  static CountDownLatch latch(String name) {
    return LATCHES.computeIfAbsent(name, any -> new CountDownLatch(1));
  }

  static Promise<String> promise(String name) {
    return PROMISES.computeIfAbsent(name, any -> Promise.promise());
  }

  /** Completes what {@link #pend} waits for. */
  public static void answer(String promise, String text) {
    promise(promise).complete(text);
  }

  public static Future<String> async(String text) {
    return Future.succeededFuture(text + " on " + thread());
  }

  public static String blocking(String text) {
    return text + " on " + thread();
  }

  @NonBlocking
  public static String nonBlocking(String text) {
    return text + " on " + thread();
  }

  public static void note(String text) {
    NOTED.add(text + " on " + thread());
  }

  private static String thread() {
    return Thread.currentThread().getName().replaceAll("-[0-9]+$", "");
  }

  public static String self() {
    return CallContext.current().rpc().self().name();
  }

  public static List<Integer> reversed(List<Integer> numbers) {
    Collections.reverse(numbers);
    return numbers;
  }

  /** Blocks its thread until the latch of that name is opened. */
  public static String block(String latch) throws InterruptedException {
    NOTED.add(latch + " blocks");
    return latch(latch).await(LIMIT_SECONDS, TimeUnit.SECONDS) ? "released" : "never released";
  }

  /** Completes with the promise of that name. */
  public static Future<String> pend(String promise) {
    NOTED.add(promise + " pends");
    return promise(promise).future();
  }

  public static String fail(String message) {
    throw new IllegalArgumentException(message);
  }

  public static Future<String> failLater(String message) {
    return CallContext.current().vertx().timer(1).compose(fired ->
        Future.failedFuture(new IllegalArgumentException(message)));
  }

  public static Future<String> noFuture() {
    return null;
  }

  public static Unencodable unencodable() {
    return new Unencodable();
  }

  public static Broken broken() {
    return new Broken("x");
  }

  public static Huge huge() {
    return new Huge("x");
  }

  @NonBlocking
  public static int same(int number) {
    return number;
  }

  @NonBlocking
  public static Huge hugeOnTheLoop() {
    return huge();
  }

  public static String take(Unencodable value) {
    return "taken";
  }

  /** Hops through w0 and w1 in turn, and fails at the end. */
  public static String failFar(int hops) {
    if (hops == 0) {
      throw new IllegalArgumentException("far away");
    }
    Rpc rpc = CallContext.current().rpc();
    return Rpc.await(rpc.on(1 - rpc.self().rank()).call(Functions::failFar, hops - 1));
  }

  /** The remaining millis, the root call and the caller, here and one hop on with a limit of its own. */
  public static Future<List<String>> remainingHereAndThere(String next, long limitMillis) {
    CallContext here = CallContext.current();
    return here.rpc().on(next).withTimeout(Duration.ofMillis(limitMillis)).call(Functions::remaining)
        .map(there -> List.of(remaining(), there));
  }

  public static String remaining() {
    CallContext call = CallContext.current();
    return call.remaining().map(left -> "" + left.toMillis()).orElse("none") + " " + call.rootCallId() + " "
        + call.caller().name();
  }

  /** Whom it serves before and after waiting for a timer. */
  public static Future<List<Long>> composed() {
    CallContext before = CallContext.current();
    return before.vertx().timer(2).map(fired -> List.of(before.callId(), CallContext.current().callId()));
  }

  public static List<Long> awaited() {
    CallContext before = CallContext.current();
    Rpc.await(before.vertx().timer(2));
    return List.of(before.callId(), CallContext.current().callId());
  }

  /** What Rpc.await says on an event loop. */
  public static Future<String> awaitOnLoop() {
    try {
      Rpc.await(CallContext.current().vertx().timer(1));
      return Future.succeededFuture("waited");
    } catch (IllegalStateException refused) {
      return Future.succeededFuture(refused.getMessage());
    }
  }

  /** Has {@code worker} wait for a gate, in a call that outlives this one, and opens another when it has. */
  public static Future<String> detached(String worker, String gate) {
    CallOptions alone = CallOptions.create().withInheritDeadline(false);
    CallContext.current().rpc().on(worker).with(alone).call(Waiting::block, gate)
        .onSuccess(done -> Gates.open(gate + "-detached"));
    return Promise.<String>promise().future();
  }

  /** The length of a value that is kept elsewhere. */
  public static Future<Integer> lengthThere(RRef<String> text) {
    return text.toHere().map(String::length).onComplete(done -> text.close());
  }

  @NonBlocking
  public static int length(double[] numbers) {
    return numbers.length;
  }

  /** What the caller sent along, and whether it went on to {@code worker}. */
  public static Future<String> headers(String worker) {
    String mine = new TreeMap<>(CallContext.current().headers()).toString();
    return worker.isEmpty() ? Future.succeededFuture(mine)
        : CallContext.current().rpc().on(worker).call(Functions::headers, "").map(theirs -> mine + " then " + theirs);
  }
}
