package dev.vertxrpc.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The command line in a process of its own, for tests of what only shows there: signals, exit status,
 * what is printed, and what is left. Thread-safe.
 */
final class Launched implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 90;

  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<ProcessHandle> children = new CopyOnWriteArrayList<>();
  private final Process process;
  private final Thread readsOut;
  private final Thread readsErr;

  private Launched(Process process) {
    this.process = process;
    readsOut = read(process.getInputStream(), out);
    readsErr = read(process.getErrorStream(), err);
  }

  /** With this JVM's flags and class path, and its standard input open. */
  static Launched start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return new Launched(new ProcessBuilder(command).start());
  }

  private static Thread read(InputStream from, List<String> lines) {
    Thread reader = new Thread(() -> {
      try (BufferedReader text = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
        text.lines().forEach(lines::add);
      } catch (IOException | UncheckedIOException gone) {
        // So is the process.
      }
    });
    reader.setDaemon(true);
    reader.start();
    return reader;
  }

  List<String> out() {
    return out;
  }

  /** Without Vert.x's remark that a loaded machine is slow to start. */
  List<String> err() {
    return err.stream().filter(line -> !line.contains("BlockedThreadChecker")).toList();
  }

  Process process() {
    return process;
  }

  /** Waits for a line on either stream. */
  void awaitLine(String part) throws InterruptedException {
    await(() -> Stream.concat(out.stream(), err.stream()).anyMatch(line -> line.contains(part)),
        "a line with " + part);
  }

  /** The process that it started whose command line holds {@code argument}. */
  ProcessHandle child(String argument) {
    children.addAll(process.children().toList());
    return children.stream().filter(child -> commandLine(child).contains(argument)).findFirst().orElseThrow();
  }

  /** The same, which may not have been started yet. */
  ProcessHandle awaitChild(String argument) throws InterruptedException {
    await(() -> process.children().anyMatch(child -> commandLine(child).contains(argument)), "a process " + argument);
    return child(argument);
  }

  /** Waits until the port can be connected to that {@code setting} of one of its processes says. */
  void awaitListening(String setting) throws InterruptedException {
    int port = process.children().flatMap(child -> commandLine(child).stream())
        .filter(argument -> argument.startsWith(setting)).findFirst()
        .map(argument -> Integer.parseInt(argument.substring(setting.length()))).orElseThrow();
    await(() -> isListenedTo(port), "port " + port);
  }

  private static boolean isListenedTo(int port) {
    try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return connected.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  // ProcessHandle.Info gives up on a command line as long as a class path makes it.
  private static List<String> commandLine(ProcessHandle process) {
    try {
      return List.of(Files.readString(Path.of("/proc", "" + process.pid(), "cmdline")).split("\0"));
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** Waits for its end; what it returns has been printed completely. */
  int exitStatus() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended; so far " + this).isTrue();
    for (Thread reader : List.of(readsOut, readsErr)) {
      // What it left behind may hold the other end, and would keep the test for ever.
      reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      assertThat(reader.isAlive()).as("somebody still holds its output; so far " + this).isFalse();
    }
    return process.exitValue();
  }

  /** Waits until none of the processes is left that it had when {@link #child} was called. */
  void awaitNoChildren() throws InterruptedException {
    assertThat(children).isNotEmpty();
    for (ProcessHandle child : children) {
      await(() -> !child.isAlive(), "the end of process " + child.pid());
    }
  }

  // Other processes tell nothing when something has happened in them, so there is no way but to look again.
  private void await(BooleanSupplier condition, String what) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("waits for " + what + "; so far " + this).isNegative();
      Thread.sleep(20);
    }
  }

  @Override
  public String toString() {
    return "out " + out + ", err " + err;
  }

  /** Leaves nothing behind, whatever the test found. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    children.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
