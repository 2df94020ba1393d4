package dev.vertxrpc.app;

import dev.vertxrpc.app.bench.BenchCommand;
import dev.vertxrpc.app.demo.DemoCommand;
import dev.vertxrpc.app.worker.WorkerCommand;
import dev.vertxrpc.config.ConfigException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command {@code vertx-rpc}. Its exit status is 0 when what was asked for has been done, 1 when it
 * failed, 2 when the arguments or the JSON cannot be used; errors are one line on standard error.
 * Confined to the thread that runs it.
 */
@Command(name = "vertx-rpc", description = "Workers of a Vert.x cluster that call each other.",
    mixinStandardHelpOptions = true, versionProvider = Main.Version.class)
public final class Main implements Runnable {
  @Spec
  private CommandSpec spec;

  private boolean verbose;

  /** Starts the command. */
  public static void main(String[] arguments) {
    Defaults.set();
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine line = new CommandLine(main)
        .addSubcommand(new DemoCommand(Main.class))
        .addSubcommand(new WorkerCommand())
        .addSubcommand(new BenchCommand(Main.class))
        .addSubcommand(new ConfigCommand());
    line.setParameterExceptionHandler((refused, given) ->
        main.fail(refused.getCommandLine().getErr(), refused, hint(refused), CommandLine.ExitCode.USAGE));
    line.setExecutionExceptionHandler((failed, command, parsed) ->
        main.fail(command.getErr(), failed, "", failed instanceof ConfigException
            ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE));
    return line;
  }

  @Option(names = {"-v", "--verbose"}, scope = ScopeType.INHERIT,
      description = "Log more, and print the stack trace of an error.")
  void setVerbose(boolean on) {
    verbose = on;
    Defaults.logMore();
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(),
        "expected a command: demo, worker, bench or config; see vertx-rpc --help");
  }

  /** What was probably meant by an argument that is not known, and where to look. */
  private static String hint(CommandLine.ParameterException refused) {
    if (!(refused instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandSpec command = refused.getCommandLine().getCommandSpec();
    String known = unmatched.isUnknownOption() || command.subcommands().isEmpty() ? ""
        : "; expected " + String.join(" or ", command.subcommands().keySet());
    return unmatched.getSuggestions().stream().findFirst()
        .map(nearest -> "; did you mean " + nearest + "?").orElse(known)
        + "; see " + command.qualifiedName() + " --help";
  }

  private int fail(PrintWriter err, Exception failure, String hint, int status) {
    String message = Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getName());
    err.println("vertx-rpc: " + message.strip().replaceAll("\\s*\\R\\s*", "; ") + hint);
    if (verbose) {
      failure.printStackTrace(err);
    }
    return status;
  }

  /** The version of this build. Immutable. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"vertx-rpc " + Optional.ofNullable(version).orElse("(not packaged)")};
    }
  }
}
