package dev.vertxrpc.app;

/**
 * The system properties that make a start quiet and quick. Each is read once, when the first logger is made
 * or a library loaded, so they have to be set before that; what the user has set stays. Thread-safe.
 */
final class Defaults {
  private Defaults() {}

  static void set() {
    // By a name that logback does not look for by itself: whoever uses the library has a config of their own.
    setDefault("logback.configurationFile", "dev/vertxrpc/app/logback.xml");
    setDefault("hazelcast.logging.type", "slf4j");
    // Leaving is ours to order: Hazelcast's own hook would cut the cluster under a worker that still drains.
    setDefault("hazelcast.shutdownhook.enabled", "false");
    // Loading the flight recorder takes half a second of each start, on an event loop.
    setDefault("io.netty.jfr.enabled", "false");
    // From Java 22 on, System.console() is there without a terminal too, unless this says otherwise.
    setDefault("jdk.console", "java.base");
    // With one or two processors the common pool would have a single thread, and Hazelcast complains. Java
    // knows how many a container may use.
    if (Runtime.getRuntime().availableProcessors() <= 2) {
      setDefault("java.util.concurrent.ForkJoinPool.common.parallelism", "2");
    }
  }

  /** For {@code --verbose}. */
  static void logMore() {
    setDefault("vertxrpc.log.level", "DEBUG");
    setDefault("vertxrpc.log.libraries", "INFO");
    setDefault("vertxrpc.log.partings", "INFO");
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
