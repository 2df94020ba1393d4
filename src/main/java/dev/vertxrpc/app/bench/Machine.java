package dev.vertxrpc.app.bench;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What figures depend on besides this program: Java and its settings, the processors. Pure functions. */
final class Machine {
  /** They tell where something is, or what every process of ours is given. */
  private static final List<String> NO_NEWS = List.of("-Dvertxrpc.", "--add-exports", "--add-opens", "-javaagent");

  private Machine() {}

  static String text(boolean inProcess) {
    Runtime runtime = Runtime.getRuntime();
    String flags = Stream.concat(ManagementFactory.getRuntimeMXBean().getInputArguments().stream(),
            ManagementFactory.getGarbageCollectorMXBeans().stream().map(collector -> collector.getName()))
        .filter(flag -> NO_NEWS.stream().noneMatch(flag::startsWith)).collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "vertx-rpc bench: Java %s (%s), %s %s, %d processors, heap up to %d MiB, %s; %s",
        System.getProperty("java.version"), System.getProperty("java.vm.name"), System.getProperty("os.name"),
        System.getProperty("os.arch"), runtime.availableProcessors(), runtime.maxMemory() >> 20, flags,
        inProcess ? "all workers in this process" : "each worker a process with the same settings, on loopback");
  }
}
