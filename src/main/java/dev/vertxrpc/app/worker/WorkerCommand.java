package dev.vertxrpc.app.worker;

import dev.vertxrpc.config.ConfigException;
import dev.vertxrpc.config.RpcConfig;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code worker}: one worker in one process, with the verticles that its JSON names.
 * Confined to the thread that runs it.
 */
@Command(name = "worker", mixinStandardHelpOptions = true,
    description = "Runs the worker that a JSON file describes, with the verticles that it names, until all "
        + "of them have ended, or until SIGTERM or SIGINT makes it leave its group.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
        "0:all its verticles have ended well",
        "1:it could not join, or one of its verticles failed",
        "2:the arguments or the JSON cannot be used",
        "130:SIGINT made it leave",
        "143:SIGTERM made it leave"})
public final class WorkerCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(names = "--config", required = true, paramLabel = "FILE",
      description = "The worker's JSON, as in conf/.")
  private String file;

  @Option(names = "--set", paramLabel = "KEY.PATH=VALUE",
      description = "Replaces one value of the JSON, for example cluster.port=15702; may be repeated.")
  private List<String> overrides = List.of();

  @Option(names = "--stop-on-eof", hidden = true,
      description = "Also stop when standard input ends, and so with the process that holds the other end.")
  private boolean stopOnEof;

  @Override
  public Integer call() throws Exception {
    RpcConfig config = RpcConfig.load(file, overrides);
    try {
      new WorkerRun(config, Verticles.of(config)).run(stopOnEof);
    } catch (ConfigException refused) {
      // Found out only now, when it is not known any more which file it was.
      String message = file + ": " + refused.getMessage();
      throw new CommandLine.ParameterException(spec.commandLine(), message, refused);
    }
    return CommandLine.ExitCode.OK;
  }
}
