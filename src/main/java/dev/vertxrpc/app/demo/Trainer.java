package dev.vertxrpc.app.demo;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Collectives;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.app.launch.Loop;
import dev.vertxrpc.app.worker.ConfigCheck;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A worker that trains on its share of the scans. The first trainer, the one of the lowest rank,
 * makes the {@link ParameterServer} and hands the others a reference to it; then all do the same:
 * push a gradient, go on with the weights that come back, and meet at the end of each epoch. Confined
 * to its worker's event loop.
 */
public final class Trainer extends DemoVerticle implements ConfigCheck {
  static final String ROLE = "trainer";

  /** What trainers of this process have been handed, or wait for. */
  private static final Map<WorkerInfo, CompletableFuture<RRef<ParameterServer>>> HANDED =
      new ConcurrentHashMap<>();

  private Job job;
  private Digits data;
  private Digits.Split digits;
  private Digits share;
  private List<WorkerInfo> trainers;
  private Collectives rounds;
  private double[] weights;
  private long updates;
  private long startedNanos;

  /** As a worker's JSON names it. */
  public Trainer() {
    this(Events.toStdout());
  }

  Trainer(Consumer<JsonObject> events) {
    super(events);
  }

  /** Hands a trainer the parameter server. */
  @Remote
  public static void hand(RRef<ParameterServer> server) {
    handed(CallContext.current().rpc().self()).complete(server);
  }

  private static CompletableFuture<RRef<ParameterServer>> handed(WorkerInfo trainer) {
    return HANDED.computeIfAbsent(trainer, first -> new CompletableFuture<>());
  }

  @Override
  public void checkConfig(JsonObject config) {
    Job.from(config);
  }

  @Override
  protected Future<?> onStart(RpcWorker worker) {
    job = Job.from(config());
    return super.onStart(worker)
        .compose(listening -> vertx.executeBlocking(() -> Digits.read(job.data())))
        .onSuccess(read -> data = read);
  }

  @Override
  protected Future<?> onRun(Rpc rpc) {
    trainers = rpc.group().workers(ROLE);
    if (!trainers.contains(rpc.self())) {
      return Future.failedFuture(rpc.self().name() + " needs the role \"" + ROLE + "\" in its JSON");
    }
    digits = data.split(Digits.name(job.data()), job.seed(), trainers.size());
    share = digits.training().shard(trainers.indexOf(rpc.self()), trainers.size());
    rounds = rpc.collectives().among(trainers.stream().map(WorkerInfo::name).toArray(String[]::new));
    return server(rpc).compose(server -> train(rpc, server).eventually(() -> {
      server.close();
      return Future.succeededFuture();
    }));
  }

  /**
   * The round tells the others when they have been handed the server, or that whoever was to do it,
   * or to be handed it, is lost.
   */
  private Future<RRef<ParameterServer>> server(Rpc rpc) {
    if (isFirst(rpc)) {
      return makeServer(rpc).compose(server -> rounds.barrier().map(server));
    }
    return rounds.barrier()
        // Continues on this worker's event loop, not on the thread that was handed the reference.
        .compose(met -> Future.fromCompletionStage(handed(rpc.self()), context))
        .onComplete(taken -> HANDED.remove(rpc.self()));
  }

  private Future<RRef<ParameterServer>> makeServer(Rpc rpc) {
    Optional<WorkerInfo> keeper = rpc.group().workers(Server.ROLE).stream().findFirst();
    if (keeper.isEmpty()) {
      return Future.failedFuture("no worker has the role \"" + Server.ROLE + "\" in its JSON");
    }
    RRef<ParameterServer> server =
        rpc.on(keeper.get()).create(ParameterServer::new, Network.initial(job.seed()), job.rate());
    return Future.all(trainers.stream().skip(1)
        .map(other -> rpc.on(other).call(Trainer::hand, server)).toList()).map(server);
  }

  private boolean isFirst(Rpc rpc) {
    return trainers.get(0).equals(rpc.self());
  }

  private Future<?> train(Rpc rpc, RRef<ParameterServer> server) {
    startedNanos = System.nanoTime();
    return server.call(ParameterServer::weights)
        .onSuccess(initial -> weights = initial)
        .compose(initial -> Loop.times(job.epochs(), epoch -> epoch(rpc, server, epoch + 1)));
  }

  private Future<?> epoch(Rpc rpc, RRef<ParameterServer> server, int epoch) {
    List<Digits> batches = share.batches(job.batch(), job.seed() + epoch);
    return Loop.times(batches.size(), i -> step(server, batches.get(i)))
        .compose(trained -> {
          Network.Score score = Network.score(weights, share);
          return rounds.of(EpochStats.class)
              .allGather(new EpochStats(score.loss(), score.accuracy(), share.size(), updates));
        })
        .compose(each -> isFirst(rpc)
            ? judge(server, epoch, EpochStats.of(each.values())) : Future.succeededFuture())
        .compose(judged -> rounds.barrier());
  }

  private Future<?> step(RRef<ParameterServer> server, Digits batch) {
    return server.call(ParameterServer::update, Network.gradient(weights, batch)).onSuccess(fresh -> {
      weights = fresh;
      updates++;
    });
  }

  /** The others wait at the barrier meanwhile, so every update that was sent has been answered. */
  private Future<?> judge(RRef<ParameterServer> server, int epoch, EpochStats all) {
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    report(Events.of(Events.EPOCH).put("epoch", epoch).put("epochs", job.epochs())
        .put("loss", all.loss()).put("accuracy", all.accuracy()));
    if (epoch < job.epochs()) {
      return Future.succeededFuture();
    }
    return server.call(ParameterServer::updates).compose(applied -> {
      if (applied != all.updates()) {
        throw new IllegalStateException(
            "trainers sent " + all.updates() + " updates, the server applied " + applied);
      }
      return server.call(ParameterServer::weights);
    }).onSuccess(last -> report(Events.of(Events.TRAINED)
        .put("accuracy", Network.score(last, digits.heldOut()).accuracy())
        .put("heldOut", digits.heldOut().size())
        .put("samplesPerS", Math.round((double) all.samples() * job.epochs() / seconds))
        .put("updates", all.updates())));
  }
}
