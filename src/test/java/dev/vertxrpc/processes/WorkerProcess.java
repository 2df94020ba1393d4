package dev.vertxrpc.processes;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A worker in a process of its own, which can be killed and frozen. It ends with this process, because its standard
 * input does, and so does its being frozen. Thread-safe.
 */
final class WorkerProcess {
  private final String name;
  private final Process process;
  private final Promise<Long> joined = Promise.promise();
  private final Promise<String> evicted = Promise.promise();
  private final Promise<Integer> ended = Promise.promise();
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  /** Continues the process when its own input ends. */
  private Process freezer;

  private WorkerProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Starts it, much as this process runs. */
  static WorkerProcess start(String name, JsonObject node, JsonObject worker) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // These are small, many on few processors, and do not live long.
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dio.netty.jfr.enabled=false",
        "-Dhazelcast.shutdownhook.enabled=false", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(WorkerMain.class.getName(), node.encode(), worker.encode()));
    WorkerProcess started = new WorkerProcess(name, run(new ProcessBuilder(command).redirectErrorStream(true)));
    Thread reader = new Thread(started::read, name + "-out");
    reader.setDaemon(true);
    reader.start();
    return started;
  }

  private static Process run(ProcessBuilder command) {
    try {
      return command.start();
    } catch (IOException impossible) {
      throw new UncheckedIOException("cannot be started: " + command.command(), impossible);
    }
  }

  private void read() {
    try (BufferedReader text = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        if (line.startsWith(WorkerMain.JOINED)) {
          joined.complete(Long.parseUnsignedLong(line.substring(WorkerMain.JOINED.length()), 16));
        } else if (line.startsWith(WorkerMain.VOID)) {
          evicted.complete(line.substring(WorkerMain.VOID.length()));
        } else {
          output.add(line);
        }
      }
    } catch (IOException broken) {
      // The process is gone, and its status tells how.
    }
    process.onExit().thenAccept(gone -> {
      joined.tryFail(name + " has ended");
      evicted.tryFail(name + " has ended");
      ended.complete(gone.exitValue());
    });
  }

  String name() {
    return name;
  }

  /** With its incarnation. */
  Future<Long> joined() {
    return joined.future();
  }

  /** When it has found out that the others took it for lost: what its handles fail with. */
  Future<String> evicted() {
    return evicted.future();
  }

  /** With its exit status. */
  Future<Integer> ended() {
    return ended.future();
  }

  /** What it has printed. */
  List<String> output() {
    return List.copyOf(output);
  }

  /** SIGKILL. */
  void kill() {
    thaw();
    process.destroyForcibly();
  }

  /** SIGSTOP, until {@link #thaw()} or the end of this process. */
  synchronized void freeze() {
    freezer = run(new ProcessBuilder("sh", "-c", "kill -STOP " + process.pid() + "; echo stopped; read any; kill -CONT "
        + process.pid()));
    try {
      freezer.inputReader(StandardCharsets.UTF_8).readLine();
    } catch (IOException broken) {
      throw new UncheckedIOException(name + " could not be stopped", broken);
    }
  }

  /** SIGCONT. */
  synchronized void thaw() {
    if (freezer != null) {
      try {
        freezer.getOutputStream().close();
      } catch (IOException broken) {
        throw new UncheckedIOException(name + " could not be continued", broken);
      }
      freezer = null;
    }
  }
}
