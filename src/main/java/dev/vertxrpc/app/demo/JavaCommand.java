package dev.vertxrpc.app.demo;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The start of a command that runs a class much as this process runs: the same Java, flags and class path.
 * Immutable.
 */
record JavaCommand(List<String> start, List<String> program) {
  JavaCommand {
    start = List.copyOf(start);
    program = List.copyOf(program);
  }

  /** Runs {@code main}; from its jar where this process was started from that, because of its manifest. */
  static JavaCommand like(Class<?> main) {
    List<String> start = new ArrayList<>();
    start.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-agentlib:jdwp")) // its port is taken
        .forEach(start::add);
    // C2 would take longer to compile than these processes live.
    start.add("-XX:TieredStopAtLevel=1");
    String classPath = System.getProperty("java.class.path");
    boolean jar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
    return new JavaCommand(start,
        jar ? List.of("-jar", classPath) : List.of("-cp", classPath, main.getName()));
  }

  /** With system properties and arguments of its own. */
  List<String> with(List<String> properties, List<String> arguments) {
    List<String> command = new ArrayList<>(start);
    properties.forEach(property -> command.add("-D" + property));
    command.addAll(program);
    command.addAll(arguments);
    return command;
  }
}
