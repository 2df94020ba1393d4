package dev.vertxrpc.app.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that runs one worker. Its standard input stays open, and ends with this process. Thread-safe.
 */
public final class Child {
  /** A process that a signal ended has this plus the signal's number as its status. */
  private static final int SIGNALLED = 128;
  private static final Logger LOG = LoggerFactory.getLogger(Child.class);

  private final String name;
  private final Process process;
  private final CompletableFuture<Child> ended;

  private Child(String name, Process process, CompletableFuture<Void> read) {
    this.name = name;
    this.process = process;
    this.ended = process.onExit().thenCombine(read, (exited, done) -> this);
  }

  /** Starts it; each line that it prints goes to {@code out} or {@code err}. */
  public static Child start(String name, List<String> command, Consumer<String> out, Consumer<String> err) {
    try {
      Process process = new ProcessBuilder(command).start();
      CompletableFuture<Void> allOut = read(name + "-out", process.getInputStream(), out);
      CompletableFuture<Void> allErr = read(name + "-err", process.getErrorStream(), err);
      return new Child(name, process, CompletableFuture.allOf(allOut, allErr));
    } catch (IOException impossible) {
      throw new UncheckedIOException(name + " cannot be started: " + impossible.getMessage(), impossible);
    }
  }

  private static CompletableFuture<Void> read(String thread, InputStream from, Consumer<String> lines) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread reader = new Thread(() -> {
      try (BufferedReader text = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
        for (String line = text.readLine(); line != null; line = text.readLine()) {
          pass(line, lines, thread);
        }
      } catch (IOException broken) {
        // The process is gone, and its status tells how.
      } finally {
        done.complete(null);
      }
    }, thread);
    reader.setDaemon(true);
    reader.start();
    return done;
  }

  // Whatever is wrong with a line, the next one has to be read: a process whose output nobody reads stops.
  private static void pass(String line, Consumer<String> lines, String from) {
    try {
      lines.accept(line);
    } catch (RuntimeException thrown) {
      LOG.warn("{}: {}", from, line);
      LOG.debug("that line was not taken", thrown);
    }
  }

  /** Completes with this when the process has ended and everything it printed has been passed on. */
  public CompletableFuture<Child> ended() {
    return ended;
  }

  /** How it ended, where that was not well. Only after its end. */
  public Optional<String> failure() {
    int status = process.exitValue();
    if (status == 0) {
      return Optional.empty();
    }
    String how = status > SIGNALLED
        ? "was ended by signal " + (status - SIGNALLED) : "ended with exit status " + status;
    return Optional.of(name + " (process " + process.pid() + ") " + how);
  }

  /** The number of its process. */
  public long pid() {
    return process.pid();
  }

  /** Asks it to end. */
  public void terminate() {
    process.destroy();
  }

  /** Ends it. */
  public void kill() {
    process.destroyForcibly();
  }
}
