package dev.vertxrpc.lanes;

import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A worker in a process of its own, which ends when its standard input does. Confined to the test's thread. */
public final class LaneChild implements AutoCloseable {
  private static final String JOINED = "joined";
  private final Process process;

  private LaneChild(Process process) {
    this.process = process;
  }

  /** With this JVM's flags, and {@code flags} of its own, and class path; it has joined when this returns. */
  static LaneChild start(JsonObject config, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), LaneChild.class.getName(), config.encode()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> said = new ArrayList<>();
    for (String line = out.readLine(); !JOINED.equals(line); line = out.readLine()) {
      said.add(line);
      if (line == null) {
        throw new IOException("it has ended: " + said);
      }
    }
    Thread reader = new Thread(() -> {
      try {
        out.lines().forEach(line -> { });
      } catch (UncheckedIOException gone) {
        // So is the process.
      }
    });
    reader.setDaemon(true);
    reader.start();
    return new LaneChild(process);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As a crash would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws IOException {
    RpcConfig config = RpcConfig.from(new JsonObject(arguments[0]));
    RpcWorker.create(config).join()
        .onSuccess(joined -> System.out.println(JOINED))
        .onFailure(failure -> {
          failure.printStackTrace(System.out);
          Runtime.getRuntime().halt(1);
        });
    while (System.in.read() >= 0) {
      // Nobody writes there: it ends with whoever has started this.
    }
    Runtime.getRuntime().halt(0);
  }
}
