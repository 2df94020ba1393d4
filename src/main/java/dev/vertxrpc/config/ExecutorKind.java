package dev.vertxrpc.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What runs the functions that may block; written in lower case in the JSON. Immutable. */
public enum ExecutorKind {
  /** Virtual threads where this Java has them, else the pool. */
  AUTO,
  /** Virtual threads; refused on a Java below 21. */
  VIRTUAL,
  /** A fixed number of plain threads. */
  POOL;

  private static final int FIRST_JAVA_WITH_VIRTUAL_THREADS = 21;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kinds that the given release of Java can run. */
  static Kind<ExecutorKind> on(int java) {
    String expected = "\"auto\", \"virtual\" or \"pool\"";
    return new Kind<>(expected, (at, json) -> {
      if (!(json instanceof String text)) {
        throw at.refuseType(json, expected);
      }
      ExecutorKind kind = of(text).orElseThrow(() -> at.refuse(json, expected));
      if (kind == VIRTUAL && java < FIRST_JAVA_WITH_VIRTUAL_THREADS) {
        throw at.refuse(json, "\"auto\" or \"pool\", because virtual threads need Java "
            + FIRST_JAVA_WITH_VIRTUAL_THREADS + " and this is Java " + java);
      }
      return kind;
    }, ExecutorKind::text);
  }

  private static Optional<ExecutorKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
