package dev.vertxrpc.app.demo;

import dev.vertxrpc.app.launch.Conf;
import dev.vertxrpc.app.launch.JavaCommand;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code demo}: a whole run on this machine, and its summary. Confined to the thread that
 * runs it.
 */
@Command(name = "demo", mixinStandardHelpOptions = true,
    description = "Trains a classifier of handwritten digits: one parameter server and some trainers, each "
        + "in a process of its own, joined in a cluster on loopback.")
public final class DemoCommand implements Callable<Integer> {
  /** With more, gradients are so stale when they arrive that some seeds do not learn enough. */
  private static final int MOST_TRAINERS = 12;

  private final Class<?> main;

  @Spec
  private CommandSpec spec;

  @Option(names = "--trainers", paramLabel = "N", defaultValue = "3",
      description = "How many trainers, 1 to " + MOST_TRAINERS + "; default ${DEFAULT-VALUE}.")
  private int trainers;

  @Option(names = "--epochs", paramLabel = "N", defaultValue = "" + Job.EPOCHS,
      description = "How often each trainer goes through its scans; default ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "" + Job.SEED,
      description = "What is drawn at random follows from it; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--data", paramLabel = "FILE",
      description = "Scans in place of those that come with the demo.")
  private Path data;

  @Option(names = "--in-process", description = "All workers in this process, on one Vert.x.")
  private boolean inProcess;

  @Option(names = "--json", description = "Print the summary as one JSON object, on the last line.")
  private boolean json;

  /** {@code main}: what the processes that it starts run, with the command {@code worker}. */
  public DemoCommand(Class<?> main) {
    this.main = main;
  }

  @Override
  public Integer call() throws Exception {
    long startedNanos = System.nanoTime();
    logLess();
    Job job = job();
    Summary summary = new Summary(trainers + 1);
    int processes = inProcess ? 1 : trainers + 1;
    try (Progress progress = Progress.onStdout()) {
      Consumer<JsonObject> events = event -> {
        summary.accept(event);
        if (event.getString("event").equals(Events.EPOCH)) {
          progress.accept(event);
        }
      };
      if (inProcess) {
        InProcess.run(job, trainers, events);
      } else {
        PrintWriter err = spec.commandLine().getErr();
        // C2 would take longer to compile than these processes live.
        JavaCommand java = JavaCommand.like(main, "-XX:TieredStopAtLevel=1");
        new Launcher(java, Conf.find(main), Launcher.GRACE, events, err).run(job, trainers);
      }
    }
    print(summary.toJson(processes, Duration.ofNanos(System.nanoTime() - startedNanos)));
    summary.complaint().ifPresent(complaint -> {
      throw new IllegalStateException(complaint);
    });
    return CommandLine.ExitCode.OK;
  }

  /** Who comes and goes is no news here. Before the first logger is made. */
  private static void logLess() {
    if (System.getProperty(Events.LOG_LEVEL) == null) {
      System.setProperty(Events.LOG_LEVEL, "WARN");
    }
  }

  private Job job() {
    check(trainers >= 1 && trainers <= MOST_TRAINERS, "--trainers", trainers, "1 to " + MOST_TRAINERS);
    check(epochs >= 1 && epochs <= Job.MOST_EPOCHS, "--epochs", epochs, "1 to " + Job.MOST_EPOCHS);
    Job job = new Job(epochs, seed, Job.BATCH, Job.RATE, Optional.ofNullable(data).map(Path::toAbsolutePath));
    try {
      // So that bad data is refused here, not by every trainer.
      Digits.read(job.data()).split(Digits.name(job.data()), seed, trainers);
    } catch (IllegalArgumentException refused) {
      throw new CommandLine.ParameterException(spec.commandLine(), refused.getMessage(), refused);
    }
    return job;
  }

  private void check(boolean good, String option, int found, String expected) {
    if (!good) {
      throw new CommandLine.ParameterException(spec.commandLine(),
          option + ": found " + found + ", expected " + expected);
    }
  }

  private void print(JsonObject summary) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? summary.encode() : Summary.text(summary));
    out.flush();
  }
}
