package dev.vertxrpc.app.bench;

import dev.vertxrpc.app.launch.Child;
import dev.vertxrpc.app.launch.Conf;
import dev.vertxrpc.app.launch.JavaCommand;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Workers in processes of their own, or in so many processes in turn, none of which outlives this one. Confined to the
 * thread that runs the works, except where a method says otherwise.
 */
final class ProcessPeers implements Peers {
  private static final String FILE = "bench-worker.json";
  private static final long LOOK_AGAIN_MILLIS = 10;

  private final Driver driver;
  private final int instances;
  private final JavaCommand java;
  private final Conf conf;
  private final List<String> settings;
  private final List<String> properties;
  private final PrintWriter err;
  private final Map<String, Child> children = new ConcurrentHashMap<>();
  /** Those beside others. */
  private final Set<String> hosted = new HashSet<>();
  private final Thread hook = new Thread(this::killAll, "vertx-rpc-stop");

  /**
   * {@code instances}: how many processes there are to be, the driver's included; {@code settings}: what all of them
   * set in their config; what they print goes to {@code err}.
   */
  ProcessPeers(Driver driver, int instances, JavaCommand java, Conf conf, List<String> settings,
               List<String> properties, PrintWriter err) {
    this.driver = driver;
    this.instances = instances;
    this.java = java;
    this.conf = conf;
    this.settings = settings;
    this.properties = properties;
    this.err = err;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public boolean isThere(String name) {
    return children.containsKey(name) || hosted.contains(name);
  }

  @Override
  public void upTo(int index) {
    for (int i = 1; i <= index; i++) {
      if (isThere(Peers.name(i))) {
        continue;
      }
      if (i < instances) {
        start(Peers.name(i));
      } else {
        host(Peers.name(i), Peers.name(i % instances));
      }
    }
  }

  private void host(String name, String host) {
    driver.<Void>await(() -> driver.rpc().on(host).call(Hosting::start, name));
    hosted.add(name);
  }

  @Override
  public void start(String name) {
    List<String> arguments = new ArrayList<>(List.of("worker", "--stop-on-eof", "--config",
        conf.file(FILE).toString(), "--set", "name=" + name));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    Child child = Child.start(name, java.with(properties, arguments), line -> print(name, line),
        line -> print(name, line));
    children.put(name, child);
    driver.<Void>await(() -> joined(name, child));
  }

  private void print(String name, String line) {
    err.println(name + ": " + line);
    err.flush();
  }

  /** Completes when it is in the group, fails when its process has ended before. */
  private Future<Void> joined(String name, Child child) {
    Promise<Void> joined = Promise.promise();
    long timer = driver.vertx().setPeriodic(LOOK_AGAIN_MILLIS, look -> {
      if (driver.rpc().group().worker(name).isPresent()) {
        joined.tryComplete();
      }
    });
    child.ended().thenAccept(ended -> joined.tryFail(ended.failure().orElse(name + " ended")
        + " before it was in the group"));
    return joined.future().onComplete(done -> driver.vertx().cancelTimer(timer));
  }

  @Override
  public void kill(String name) {
    children.get(name).kill();
  }

  @Override
  public void freeze(String name) {
    try {
      // Java has no call for it.
      new ProcessBuilder("kill", "-STOP", Long.toString(children.get(name).pid())).start();
    } catch (IOException impossible) {
      throw new UncheckedIOException("SIGSTOP cannot be sent: " + impossible.getMessage(), impossible);
    }
  }

  @Override
  public void remove(String name) {
    Child child = children.get(name);
    child.kill();
    child.ended().join();
    children.remove(name);
  }

  // Also from the hook, when this process is told to end.
  private void killAll() {
    List<Child> all = List.copyOf(children.values());
    all.forEach(Child::kill);
    CompletableFuture.allOf(all.stream().map(Child::ended).toArray(CompletableFuture[]::new)).join();
  }

  @Override
  public void close() {
    killAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // It runs, and finds nobody left.
    }
  }
}
