package dev.vertxrpc.app;

import dev.vertxrpc.config.EffectiveConfig;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code config}: prints what a worker would be started with, and who says so. Confined to the thread that
 * runs it.
 */
@Command(name = "config", mixinStandardHelpOptions = true,
    description = "Prints each value of a worker's config with its source: the file, an environment variable "
        + "(VERTX_RPC_CLUSTER_PORT), a system property (vertx.rpc.cluster.port), --set, or the default.")
final class ConfigCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(names = "--effective", required = true, description = "All values, defaults included.")
  private boolean effective;

  @Option(names = "--config", paramLabel = "FILE", description = "The worker's JSON; without one the defaults.")
  private Optional<String> file;

  @Option(names = "--set", paramLabel = "KEY.PATH=VALUE", description = "As for the command worker.")
  private List<String> overrides = List.of();

  @Option(names = "--json", description = "One JSON object: by the key's path its value and source.")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, EffectiveConfig.Value> values = EffectiveConfig.load(file, overrides).values();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonObject all = new JsonObject();
      values.forEach((path, value) ->
          all.put(path, new JsonObject().put("value", value.json()).put("source", value.source())));
      out.println(all.encode());
    } else {
      values.forEach((path, value) -> out.printf("%-28s %-28s %s%n", path,
          value.json() == null ? "none" : Json.encode(value.json()), value.source()));
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
