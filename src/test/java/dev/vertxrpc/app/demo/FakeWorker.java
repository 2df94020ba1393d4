package dev.vertxrpc.app.demo;

import java.util.List;

/**
 * Stands in for the command {@code worker} in tests of what starts it: reports its end, then does what
 * the system property {@code fake} says of its name. Confined to its main thread.
 */
public final class FakeWorker {
  private FakeWorker() {}

  /** Runs as {@code worker --config FILE --set ...} would. */
  public static void main(String[] arguments) throws Exception {
    String name = List.of(arguments).stream().filter(argument -> argument.startsWith("name="))
        .map(argument -> argument.substring("name=".length())).findFirst().orElse("server");
    System.out.println(Events.of(Events.ENDED).put("worker", name)
        .put("arguments", String.join(" ", arguments)));
    switch (System.getProperty("fake." + name, "end")) {
      case "fail" -> {
        System.out.println(Events.of(Events.EPOCH));
        System.err.println("cannot go on");
        System.exit(3);
      }
      case "failEarly" -> System.exit(3);
      case "hang" -> Thread.sleep(600_000);
      case "untilEof" -> {
        while (System.in.read() >= 0) { }
      }
      default -> System.out.println("not an event");
    }
  }
}
