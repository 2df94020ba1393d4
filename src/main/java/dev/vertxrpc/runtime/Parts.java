package dev.vertxrpc.runtime;

import dev.vertxrpc.Collectives;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.Application;
import dev.vertxrpc.call.BlockingExecutor;
import dev.vertxrpc.call.CallSetup;
import dev.vertxrpc.call.Calls;
import dev.vertxrpc.call.Decoder;
import dev.vertxrpc.call.Failures;
import dev.vertxrpc.call.Limits;
import dev.vertxrpc.codec.CodecLimits;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.collective.Rounds;
import dev.vertxrpc.config.LimitsConfig;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.function.Exposed;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.ref.RefOptions;
import dev.vertxrpc.ref.RefSetup;
import dev.vertxrpc.ref.Refs;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Faults;
import dev.vertxrpc.wire.LaneOptions;
import dev.vertxrpc.wire.Node;
import dev.vertxrpc.wire.Timers;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * The parts of one worker that has a name: the one place where they are put together, top to bottom in the
 * order of the package tree. Immutable.
 */
record Parts(ContextInternal context, Timers timers, Endpoint endpoint, Membership membership,
             BlockingExecutor executor, Calls calls, Refs refs, Rounds rounds, Collectives collectives,
             Directory directory, WorkerRpc rpc) {
  /** For a GOODBYE to be on its way; a peer that cannot be reached would take as long as a connect may. */
  private static final Duration LAST_WORD = Duration.ofSeconds(1);
  private static final int LONGEST_CAUSE = 500;
  /** What a frame takes at most that nothing delays. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(2);
  /** For values that were kept to be closed. */
  private static final Duration LAST_CLOSINGS = Duration.ofSeconds(5);

  static Parts assemble(ContextInternal context, Node node, Membership membership, WorkerInfo self,
                        RpcConfig config, Application application) {
    RpcListener listener = application.listeners();
    WorkerRpc rpc = new WorkerRpc(self);
    Endpoint endpoint = node.endpoint(context, config.group(), self, listener,
        Duration.ofMillis(config.leaseMs()));
    endpoint.faults(faults(config));
    endpoint.lanes().options(lanes(config));
    membership.connect(endpoint);
    BlockingExecutor executor = executor(config, self.name());
    Calls calls = new Calls(new CallSetup(context, node, endpoint, application, executor, limits(config), rpc,
        new Failures(self, config.exposeStackTraces(), application.exceptions())));
    Timers timers = new Timers(node.clock(), context);
    Refs refs = new Refs(new RefSetup(timers, endpoint, calls, executor, application.objects(), listener,
        membership::worker,
        new RefOptions(config.closeReleasedValues(), config.trackRefSites(), config.failOnLeak(), linger(config))));
    calls.connect(refs, refs);
    Rounds rounds = new Rounds(timers, endpoint, membership, refs, executor, listener,
        new Decoder(node.background(), context));
    Collectives collectives = rounds.collectives(application.codecs().builtIn(),
        Duration.ofMillis(config.collectiveTimeoutMs()));
    Parts parts = new Parts(context, timers, endpoint, membership, executor, calls, refs, rounds,
        collectives, new Directory(membership, endpoint, calls), rpc);
    rpc.over(parts);
    return parts;
  }

  JsonObject debugInfo() {
    return refs.debugInfo().put("pendingCalls", calls.pending()).put("runningCalls", calls.running())
        .put("rounds", rounds.running()).put("laneBytes", endpoint.lanes().bytes());
  }

  /**
   * Ends all of them, and with them whatever waits. The others are told, with the {@code cause} if there is one, but
   * not waited for.
   */
  Future<Void> close(Throwable cause) {
    return timers.within(LAST_WORD, goodbye(cause), Parts::silence).transform(said -> {
      Future<Void> closed = endpoint.close();
      rounds.close();
      Future<Void> valuesClosed = refs.clear();
      calls.close();
      return timers.within(LAST_CLOSINGS, valuesClosed, Parts::slow).transform(end -> {
        executor.close();
        return closed;
      });
    });
  }

  /** Tells the others, once. Who goes because of a failure says so: it may name somebody that they still wait for. */
  Future<Void> goodbye(Throwable cause) {
    membership.depart();
    return cause == null ? endpoint.goodbye() : endpoint.goodbyeBecause(abbreviated(cause));
  }

  // Those who hear it may go because of it and say so in turn.
  private static String abbreviated(Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.length() <= LONGEST_CAUSE ? message : message.substring(0, LONGEST_CAUSE) + "...";
  }

  private static RpcException slow() {
    return RpcException.of(RpcFailure.TIMEOUT, "values could not be closed in time");
  }

  private static RpcException silence() {
    return RpcException.of(RpcFailure.TIMEOUT, "a GOODBYE could not be written in time");
  }

  /**
   * What the config has go wrong; null: nothing.
   *
   * @throws IllegalArgumentException for what could not happen, such as to frames of a type that there is not
   */
  static Faults faults(RpcConfig config) {
    return config.faults().isEmpty() ? null : new Faults(config.faults().stream()
        .map(fault -> new Faults.Rule(fault.frame(), fault.peer(),
            Faults.Action.valueOf(fault.action().toUpperCase(Locale.ROOT)), fault.count(), fault.times(),
            Duration.ofMillis(fault.delayMs()))).toList());
  }

  // The bus of a Vert.x that the application brings may be encrypted, which sockets for lanes are not: there they are
  // taken only where the config speaks of them.
  private static LaneOptions lanes(RpcConfig config) {
    LaneOptions.Kind kind = LaneOptions.Kind.valueOf(config.lane().toUpperCase(Locale.ROOT));
    boolean isTcpWelcome = config.cluster().isPresent() || config.laneHost().isPresent();
    return new LaneOptions(kind == LaneOptions.Kind.AUTO && isTcpWelcome ? LaneOptions.Kind.AUTO_WITH_TCP : kind,
        config.arenaBytes(), config.laneBytes(), config.limits().maxPayloadBytes(), config.laneHost(),
        config.lanePort());
  }

  // A member may take frames of one that is gone until it has read the group's entry, and may stand still, before or
  // after, for as long as its lease allows; then what it was handed has to be made known.
  private static Duration linger(RpcConfig config) {
    return Membership.HEAL_EVERY.plusMillis(config.leaseMs()).plus(UNDER_WAY);
  }

  private static Limits limits(RpcConfig config) {
    return new Limits(Duration.ofMillis(config.callTimeoutMs()), Duration.ofMillis(config.blockedLoopMs()),
        config.limits().maxCallsPerPeer(), config.limits().maxBytesPerPeer());
  }

  /** What a worker starts with whose functions are found by {@code functions}. */
  static Application application(RpcConfig config, ClassLoader functions) {
    LimitsConfig limits = config.limits();
    return new Application(functions, new Exposed(Set.copyOf(config.expose())), new ValueCodec(new CodecLimits(
        config.bulkThresholdBytes(), limits.maxPayloadBytes(), limits.maxDepth(), limits.maxElements())));
  }

  private static BlockingExecutor executor(RpcConfig config, String name) {
    boolean virtual = switch (config.executor()) {
      case AUTO -> BlockingExecutor.hasVirtualThreads();
      case VIRTUAL -> true;
      case POOL -> false;
    };
    return virtual ? BlockingExecutor.virtual(name, config.blockingThreads() + config.blockingQueue())
        : BlockingExecutor.pool(name, config.blockingThreads(), config.blockingQueue());
  }
}
