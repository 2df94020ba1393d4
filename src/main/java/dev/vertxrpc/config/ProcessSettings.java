package dev.vertxrpc.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings that a process is started with, beside its files: environment variables, as {@code
 * VERTX_RPC_LIMITS_MAX_DEPTH}, and system properties, as {@code vertx.rpc.limits.maxDepth}. Immutable.
 */
record ProcessSettings(Map<String, String> environment, Map<String, String> properties) {
  private static final String VARIABLE = "VERTX_RPC_";
  private static final String PROPERTY = "vertx.rpc.";

  /** Nothing beside the files. */
  static final ProcessSettings NONE = new ProcessSettings(Map.of(), Map.of());

  /** Those of this process, as they are now. */
  static ProcessSettings ofThisProcess() {
    Map<String, String> properties = new LinkedHashMap<>();
    System.getProperties().stringPropertyNames().forEach(name -> properties.put(name, System.getProperty(name)));
    return new ProcessSettings(System.getenv(), properties);
  }

  /**
   * What they replace; the later goes before the earlier.
   *
   * @throws ConfigException naming a variable that says nothing known
   */
  List<Replacement> overrides() {
    List<Replacement> overrides = new ArrayList<>();
    Map<String, String> paths = paths();
    new TreeMap<>(environment).forEach((name, value) -> {
      if (name.startsWith(VARIABLE)) {
        String source = "environment variable " + name;
        overrides.add(new Replacement(source, path(source, name, paths) + "=" + value));
      }
    });
    new TreeMap<>(properties).forEach((name, value) -> {
      if (name.startsWith(PROPERTY)) {
        overrides.add(new Replacement("system property " + name, name.substring(PROPERTY.length()) + "=" + value));
      }
    });
    return overrides;
  }

  private static String path(String source, String name, Map<String, String> paths) {
    String path = paths.get(name);
    if (path == null) {
      throw ConfigException.broughtIn(source, "", Spelling.nearest(name, List.copyOf(paths.keySet()))
          .map(near -> "unknown, did you mean " + near + "?")
          .orElse("unknown, expected " + VARIABLE + " and one of the keys, as in " + variable("cluster.port")));
    }
    return path;
  }

  /** By the variable: the key that it sets. */
  private static Map<String, String> paths() {
    Map<String, String> paths = new TreeMap<>();
    ConfigKeys.paths().forEach(path -> paths.put(variable(path), path));
    return paths;
  }

  private static String variable(String path) {
    return VARIABLE + path.replace('.', '_').replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }
}
