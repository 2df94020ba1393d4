package dev.vertxrpc.cluster;

/** Nothing here says that it may be called. */
public final class Hidden {
  private Hidden() {}

  public static String secret() {
    return "secret";
  }
}
