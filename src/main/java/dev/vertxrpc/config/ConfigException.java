package dev.vertxrpc.config;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A setting that cannot work, told in one line: {@code conf/x.json: cluster.port: found "abc", expected
 * an integer from 0 to 65535}. Parts that are not known are left out; a value that came from an override
 * names the override in place of the file. Immutable.
 */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String path;
  private final String problem;

  private ConfigException(String source, String file, String path, String problem) {
    super(Stream.of(source, path, problem).filter(part -> !part.isEmpty()).collect(Collectors.joining(": ")));
    this.file = file;
    this.path = path;
    this.problem = problem;
  }

  /** A problem at {@code path} of a file; either may be empty. */
  public static ConfigException found(String path, String found, String expected) {
    return new ConfigException("", "", path, "found " + found + ", expected " + expected);
  }

  static ConfigException in(String file, String path, String problem) {
    return new ConfigException(file, file, path, problem);
  }

  /** A problem at {@code path} that {@code source}, which is no file, brought in. */
  static ConfigException broughtIn(String source, String path, String problem) {
    return new ConfigException(source, "", path, problem);
  }

  /** The same problem in a JSON that is itself the value at {@code parent}, as in {@code verticles[0].config}. */
  public ConfigException under(String parent) {
    String whole = path.isEmpty() || path.startsWith("[") ? parent + path : parent + "." + path;
    return in(file, whole, problem);
  }

  /** The same problem, put down to {@code source}. */
  ConfigException broughtInBy(String source) {
    return broughtIn(source, path, problem);
  }

  /** The file that holds the bad value; empty where it came from a JsonObject or an override. */
  public Optional<String> file() {
    return file.isEmpty() ? Optional.empty() : Optional.of(file);
  }

  /** Where in the JSON, as in {@code verticles[1].class}; the empty string for the whole of it. */
  public String path() {
    return path;
  }
}
