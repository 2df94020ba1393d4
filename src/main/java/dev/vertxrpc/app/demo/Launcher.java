package dev.vertxrpc.app.demo;

import dev.vertxrpc.app.launch.Child;
import dev.vertxrpc.app.launch.Conf;
import dev.vertxrpc.app.launch.JavaCommand;
import dev.vertxrpc.app.launch.Loopback;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs the workers in processes of their own, each from its file in {@code conf}, and leaves none of
 * them behind. Thread-safe.
 */
final class Launcher {
  /** For the others to end by themselves when one has failed. */
  static final Duration GRACE = Duration.ofSeconds(8);
  /** How long they get to leave when this process is told to end. */
  private static final long LEAVE_MILLIS = 5_000;

  private final JavaCommand java;
  private final Conf conf;
  private final long graceNanos;
  private final Consumer<JsonObject> events;
  private final PrintWriter err;
  private final List<Child> children = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Child> ends = new LinkedBlockingQueue<>();
  private volatile boolean stopping;
  /** Whether all have met. */
  private volatile boolean training;

  /** {@code events} hears what the workers report; their other lines go to {@code err}. */
  Launcher(JavaCommand java, Conf conf, Duration grace, Consumer<JsonObject> events, PrintWriter err) {
    this.java = java;
    this.conf = conf;
    this.events = events;
    this.err = err;
    this.graceNanos = grace.toNanos();
  }

  /**
   * Returns when every process has ended well; throws when one has not, naming it, and no one is left. Before training
   * has begun the others are told to end then.
   */
  void run(Job job, int trainers) throws Exception {
    Thread hook = new Thread(this::stop, "vertx-rpc-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      startAll(job, trainers);
      awaitAll();
    } finally {
      killAll();
      forget(hook);
    }
  }

  private void startAll(Job job, int trainers) throws IOException {
    int port = Loopback.freePort();
    List<String> all = List.of("worldSize=" + (trainers + 1),
        "cluster.members=" + Json.encode(List.of(Loopback.HOST + ":" + port)));
    start("server", conf.file("digits-server.json"), all, List.of("cluster.port=" + port));
    List<String> trainersOnly = new ArrayList<>(all);
    job.toJson().forEach(entry ->
        trainersOnly.add("verticles.0.config." + entry.getKey() + "=" + Json.encode(entry.getValue())));
    for (int i = 0; i < trainers; i++) {
      String name = "trainer-" + i;
      start(name, trainer(i), trainersOnly, List.of("name=" + name, "rank=" + (i + 1)));
    }
  }

  /** The file of that trainer; beyond those there are, the first one's, to be given a name and a rank. */
  private Path trainer(int index) {
    Path own = conf.file("digits-trainer" + index + ".json");
    return Files.isRegularFile(own) ? own : conf.file("digits-trainer0.json");
  }

  private void start(String name, Path file, List<String> shared, List<String> own) {
    List<String> arguments = new ArrayList<>(
        List.of("worker", "--stop-on-eof", "--config", file.toString()));
    Stream.concat(shared.stream(), own.stream())
        .forEach(setting -> arguments.addAll(List.of("--set", setting)));
    List<String> properties = List.of(Events.AS_JSON + "=true",
        Events.LOG_LEVEL + "=" + System.getProperty(Events.LOG_LEVEL, "WARN"));
    Child child = Child.start(name, java.with(properties, arguments),
        line -> pass(name, line), line -> print(name + ": " + line));
    children.add(child);
    child.ended().thenAccept(ends::add);
  }

  private void pass(String name, String line) {
    try {
      JsonObject event = new JsonObject(line);
      if (Events.EPOCH.equals(event.getString("event"))) {
        training = true;
      }
      events.accept(event);
    } catch (RuntimeException notAnEvent) { // not JSON, or JSON that nobody here understands
      print(name + ": " + line);
    }
  }

  private void print(String line) {
    err.println(line);
    err.flush();
  }

  private void awaitAll() throws InterruptedException {
    String failure = null;
    long deadlineNanos = 0;
    for (int left = children.size(); left > 0; left--) {
      Child ended = failure == null ? ends.take()
          : ends.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (ended == null) {
        throw new IllegalStateException(
            failure + "; " + left + " others did not end by themselves and were killed");
      }
      if (failure == null && ended.failure().isPresent()) {
        failure = ended.failure().get();
        deadlineNanos = System.nanoTime() + graceNanos;
        if (!training) {
          // They may be waiting for it to join, and would for long.
          children.forEach(Child::terminate);
        }
      }
    }
    if (failure != null) {
      throw new IllegalStateException(stopping ? "stopped before the end" : failure);
    }
  }

  /** Tells all to leave, and kills those that do not; waits until none is left. */
  private void stop() {
    stopping = true;
    children.forEach(Child::terminate);
    try {
      allEnded().get(LEAVE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException tooLong) {
      killAll();
    } catch (InterruptedException | ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }

  private void killAll() {
    children.forEach(Child::kill);
    allEnded().join();
  }

  private CompletableFuture<Void> allEnded() {
    return CompletableFuture.allOf(children.stream().map(Child::ended).toArray(CompletableFuture[]::new));
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // It runs, and waits for the children that were killed.
    }
  }
}
