package dev.vertxrpc.app.demo;

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
record Conf(Path folder) {
  /** Set by the start script: the folder that holds conf. */
  static final String HOME = "vertxrpc.home";
  private static final String SERVER = "digits-server.json";

  /** Where the start script says, else beside or above the jar or the classes of {@code type}. */
  static Conf find(Class<?> type) {
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
        .filter(conf -> Files.isRegularFile(conf.resolve(SERVER)))
        .findFirst().map(Conf::new)
        .orElseThrow(() -> new IllegalStateException("found no conf/" + SERVER + " in any of " + homes));
  }

  private static Path path(CodeSource source) {
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Path server() {
    return folder.resolve(SERVER);
  }

  /** The file of that trainer; beyond those there are, the first one's, to be given a name and a rank. */
  Path trainer(int index) {
    Path own = folder.resolve("digits-trainer" + index + ".json");
    return Files.isRegularFile(own) ? own : folder.resolve("digits-trainer0.json");
  }
}
