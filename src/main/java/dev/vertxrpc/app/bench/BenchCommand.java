package dev.vertxrpc.app.bench;

import dev.vertxrpc.app.launch.JavaCommand;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench}: measures on this machine. Confined to the thread that runs it. */
@Command(name = "bench", mixinStandardHelpOptions = true,
    description = "Measures calls, references and rounds on this machine, with each worker in a process of its own, "
        + "joined in a cluster on loopback.")
public final class BenchCommand implements Callable<Integer> {
  private static final double LONGEST_SECONDS = 60;
  private static final double LONGEST_WARM_UP_SECONDS = 600;
  private static final int MOST_RUNS = 1_000;
  private static final int MOST_RREFS = 10_000_000;
  /** Where out-of-band data may go. */
  private static final List<String> LANES = List.of("auto", "shm", "tcp", "bus");

  private final Class<?> main;

  @Spec
  private CommandSpec spec;

  @Option(names = "--only", split = ",", paramLabel = "WORK",
      description = "Only these works, with commas between; default those with a target. An unknown one lists all.")
  private List<String> only = List.of();

  @Option(names = "--baseline",
      description = "Also measure, in turn, a raw request of the event bus, and print the ratio.")
  private boolean baseline;

  @Option(names = "--runs", paramLabel = "N",
      description = "How often each work is measured; the median is printed. Default 3; 20 for failFast.")
  private Integer runs;

  @Option(names = "--seconds", paramLabel = "S", defaultValue = "2",
      description = "How long one run takes, about, where that can be chosen; default ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(names = "--warm-up", paramLabel = "S", defaultValue = "30",
      description = "How long each work of two processes is repeated before it is measured, at most, and of more in "
          + "proportion: it ends when nothing gets faster and little is compiled; default ${DEFAULT-VALUE}.")
  private double warmUp;

  @Option(names = "--rrefs", paramLabel = "N", defaultValue = "1000000",
      description = "How many references rrefMemory holds; default ${DEFAULT-VALUE}.")
  private int rrefs;

  @Option(names = "--lane", paramLabel = "LANE", defaultValue = "auto",
      description = "How large data travels: auto, shm, tcp or bus; default ${DEFAULT-VALUE}.")
  private String lane;

  @Option(names = "--vertx-instances", paramLabel = "N",
      description = "How many processes, with one Vert.x each, the workers are in; default one for each worker.")
  private Integer instances;

  @Option(names = "--in-process", description = "All workers in this process, on one Vert.x that is in no cluster.")
  private boolean inProcess;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  /** {@code main}: what the processes that it starts run, with the command {@code worker}. */
  public BenchCommand(Class<?> main) {
    this.main = main;
  }

  @Override
  public Integer call() throws Exception {
    List<Work> works = works();
    Settings settings = new Settings(seconds, warmUp, runs == null ? OptionalInt.empty() : OptionalInt.of(runs),
        rrefs, baseline);
    PrintWriter err = spec.commandLine().getErr();
    Bench.logLess();
    err.println(Machine.text(inProcess));
    err.flush();
    Report report = new Report(spec.commandLine().getOut(), err, json);
    try (Bench bench = inProcess ? Bench.inProcess() : Bench.inProcesses(JavaCommand.like(main), main, lane,
        instances == null ? Integer.MAX_VALUE : instances, err)) {
      bench.run(works, settings, report);
    }
    return CommandLine.ExitCode.OK;
  }

  private List<Work> works() {
    only.stream().filter(name -> !Works.names().contains(name)).findFirst().ifPresent(unknown ->
        check(false, "--only", unknown, String.join(", ", Works.names())));
    check(seconds > 0 && seconds <= LONGEST_SECONDS, "--seconds", seconds, "more than 0, at most 60");
    check(warmUp >= 0 && warmUp <= LONGEST_WARM_UP_SECONDS, "--warm-up", warmUp, "0 to 600");
    check(runs == null || runs >= 1 && runs <= MOST_RUNS, "--runs", runs, "1 to " + MOST_RUNS);
    check(rrefs >= 1 && rrefs <= MOST_RREFS, "--rrefs", rrefs, "1 to " + MOST_RREFS);
    check(instances == null || instances >= 1 && !inProcess, "--vertx-instances", instances,
        "at least 1, and not --in-process");
    check(LANES.contains(lane), "--lane", lane, String.join(" or ", LANES));
    List<Work> works = Works.of(only, inProcess);
    check(!works.isEmpty(), "--only", String.join(",", only),
        "a work that can be done with --in-process: this one needs processes of their own");
    return works;
  }

  private void check(boolean good, String option, Object found, String expected) {
    if (!good) {
      throw new CommandLine.ParameterException(spec.commandLine(),
          option + ": found " + found + ", expected " + expected);
    }
  }
}
