package dev.vertxrpc.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port, written {@code host:port}, with an IPv6 address in brackets. Nothing is looked up:
 * two addresses are the same when they are written the same, upper and lower case aside. Immutable.
 */
record Address(String host, int port) {
  private static final Pattern WRITTEN = Pattern.compile("(?:\\[([^\\]]+)\\]|([^:\\[\\]]+)):(\\d{1,5})");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_])?");
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");
  private static final Pattern BYTE = Pattern.compile("25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d");
  private static final int LAST_PORT = 65535;

  /** Empty where the text is not an address that can be connected to. */
  static Optional<Address> parse(String text) {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean bracketed = parts.group(1) != null;
    String host = bracketed ? parts.group(1) : parts.group(2);
    int port = Integer.parseInt(parts.group(3));
    boolean legal = bracketed ? isIpv6(host) : isHost(host);
    return legal && port >= 1 && port <= LAST_PORT ? Optional.of(new Address(host, port)) : Optional.empty();
  }

  /** Whether the text is a host name, an IPv4 address, or an IPv6 address without brackets. */
  static boolean isHost(String text) {
    if (NUMERIC.matcher(text).matches()) {
      return isIpv4(text);
    }
    return NAME.matcher(text).matches() || isIpv6(text);
  }

  boolean isSameAs(Address other) {
    return port == other.port && host.equalsIgnoreCase(other.host);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static boolean isIpv4(String text) {
    List<String> bytes = List.of(text.split("\\.", -1));
    return bytes.size() == 4 && bytes.stream().allMatch(BYTE.asMatchPredicate());
  }

  // URI checks IPv6 literals without asking anybody; InetAddress insists that a zone exists here.
  private static boolean isIpv6(String text) {
    if (!text.contains(":")) {
      return false;
    }
    try {
      return ("[" + text + "]").equals(new URI("x://[" + text + "]").parseServerAuthority().getHost());
    } catch (URISyntaxException notOne) {
      return false;
    }
  }
}
