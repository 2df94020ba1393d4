package dev.vertxrpc.app.launch;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder {@code conf} that comes with this program. Immutable.
 */
public record Conf(Path folder) {
  /** Set by the start script: the folder that holds conf. */
  public static final String HOME = "vertxrpc.home";
  /** What tells the folder from others of its name. */
  private static final String KNOWN = "digits-server.json";

  /** Where the start script says, else beside or above the jar or the classes of {@code type}. */
  public static Conf find(Class<?> type) {
    List<Path> homes = new ArrayList<>();
    Optional.ofNullable(System.getProperty(HOME)).map(Path::of).ifPresent(homes::add);
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (homes.isEmpty() && source != null) {
      // target/vertx-rpc.jar and target/classes are one and two folders below the home.
      Path at = path(source);
      for (int up = 0; up < 3 && at != null; up++, at = at.getParent()) {
        homes.add(at);
      }
    }
    return homes.stream().map(home -> home.resolve("conf"))
        .filter(conf -> Files.isRegularFile(conf.resolve(KNOWN)))
        .findFirst().map(Conf::new)
        .orElseThrow(() -> new IllegalStateException("found no conf/" + KNOWN + " in any of " + homes));
  }

  private static Path path(CodeSource source) {
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The file of that name, which may not be there. */
  public Path file(String name) {
    return folder.resolve(name);
  }
}
