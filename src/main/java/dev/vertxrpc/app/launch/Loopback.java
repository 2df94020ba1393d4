package dev.vertxrpc.app.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** This machine's own network, where all workers of a run meet. Pure functions. */
public final class Loopback {
  public static final String HOST = "127.0.0.1";

  private Loopback() {}

  /** A port that is free at the moment. */
  public static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
