package dev.vertxrpc.app.launch;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The start of a command that runs a class much as this process runs: the same Java, flags and class path.
 * Immutable.
 */
public record JavaCommand(List<String> start, List<String> program) {
  /** Copies the lists. */
  public JavaCommand {
    start = List.copyOf(start);
    program = List.copyOf(program);
  }

  /**
   * Runs {@code main}, with {@code flags} of its own; from its jar where this process was started from that,
   * because of its manifest.
   */
  public static JavaCommand like(Class<?> main, String... flags) {
    List<String> start = new ArrayList<>();
    start.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-agentlib:jdwp")) // its port is taken
        .forEach(start::add);
    start.addAll(List.of(flags));
    String classPath = System.getProperty("java.class.path");
    boolean jar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
    return new JavaCommand(start,
        jar ? List.of("-jar", classPath) : List.of("-cp", classPath, main.getName()));
  }

  /** With system properties and arguments of its own. */
  public List<String> with(List<String> properties, List<String> arguments) {
    List<String> command = new ArrayList<>(start);
    properties.forEach(property -> command.add("-D" + property));
    command.addAll(program);
    command.addAll(arguments);
    return command;
  }
}
