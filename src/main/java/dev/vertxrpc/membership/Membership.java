package dev.vertxrpc.membership;

import dev.vertxrpc.Group;
import dev.vertxrpc.GroupChange;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Node;
import dev.vertxrpc.wire.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker's membership of its group. The group's entry in the shared map is the truth; what peers
 * say (a HELLO from a stranger, a GOODBYE, a loss) is only a reason to read it again.
 *
 * <pre>
 *   NEW --claim: own record written--> CLAIMED --join: every member answers--> JOINED --leave--> GONE
 * </pre>
 *
 * <p>State is confined to the worker's context; {@link #group()}, {@link #worker} and {@link #lost()} may be
 * asked by any thread.
 */
public final class Membership {
  /** The cluster's shared map that has the entries of all groups. */
  public static final String MAP = "vertx-rpc.groups";
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final String LEFT_EARLY = "it left before it had joined";
  /** How often a member does, in case a hint was lost: so late it may hear that somebody is gone. */
  public static final Duration HEAL_EVERY = Duration.ofMillis(5_000);

  private final Timers timers;
  private final ContextInternal context;
  private final String groupName;
  private final GroupRegistry registry;
  private final ClusterView cluster;
  private final Ping ping;
  private final GroupChanges changes;
  private final Map<Long, String> nodes = new HashMap<>();
  private final Departed departed = new Departed();
  private final CopyOnWriteArrayList<WorkerInfo> lost = new CopyOnWriteArrayList<>();
  private final Joining joining;
  private WorkerInfo self;
  private Future<GroupEntry> claimed;
  private Endpoint endpoint;
  private Meetings meetings;
  private GroupEntry entry;
  private Runnable stopWatching = () -> { };
  private Consumer<String> evicted = why -> { };
  private long incarnation;
  private Runnable stopHealing = () -> { };
  private boolean departing;
  private boolean left;
  private volatile int fullSize;
  private volatile Snapshot known;

  /** Of a worker that lives in {@code vertx}, which {@code node} belongs to. */
  public Membership(Vertx vertx, Node node, ContextInternal context, String groupName, RpcListener listener) {
    this.timers = new Timers(node.clock(), context);
    this.context = context;
    this.groupName = groupName;
    this.registry = new GroupRegistry(context.owner(), groupName);
    this.cluster = new ClusterView(vertx);
    this.ping = new Ping(node, timers, groupName);
    this.changes = new GroupChanges(context, groupName, listener);
    this.joining = new Joining(timers, groupName);
  }

  /**
   * Writes this worker's record. Completes with what it is called from now on; fails with NOT_JOINED,
   * naming the holder, when its name or rank is taken. Records of the dead are dropped.
   */
  public Future<WorkerInfo> claim(String name, OptionalInt rank, OptionalInt worldSize, Set<String> roles,
                                  long ownIncarnation) {
    incarnation = ownIncarnation;
    Claim claim = new Claim(groupName, worldSize, name, rank, roles, incarnation);
    claimed = new Registration(context, registry, cluster, ping).write(claim);
    return claimed.compose(after -> {
      entry = after;
      fullSize = after.worldSize().orElse(0);
      self = entry.find(worker -> worker.incarnation() == incarnation).orElseThrow().worker();
      known = Snapshot.of(entry.toGroup(groupName));
      changes.begin(self, group());
      // It may have been told to leave while its record was being written.
      return left ? Future.failedFuture(leftEarly()) : Future.succeededFuture(self);
    });
  }

  /** What the claim waits for, as long as it has not ended. On the worker's context. */
  public String awaited() {
    List<WorkerInfo> silent = ping.awaited();
    return silent.isEmpty() ? "the cluster does not answer"
        : "no answer from " + silent + ", who stand in its way and may be dead";
  }

  /** Hears of losses before anybody else does: who is told that a call failed finds the group as it is now. */
  public void connect(Endpoint ownEndpoint) {
    endpoint = ownEndpoint;
    endpoint.onLoss(this::onGone);
    meetings = new Meetings(timers, endpoint, joining::isDone, this::checkJoined);
  }

  private static RpcException leftEarly() {
    return RpcException.of(RpcFailure.NOT_JOINED, LEFT_EARLY);
  }

  /**
   * Meets the others. Completes when every member of a static group has joined and answers, or in a
   * dynamic group when those do that were there before; fails with NOT_JOINED, naming who is missing, when
   * the time that is {@code left} of the join's {@code limit} is over.
   */
  public Future<Void> join(Duration limit, Duration left) {
    if (this.left) {
      return context.failedFuture(leftEarly());
    }
    endpoint.onStranger(stranger -> refresh().map(read -> entry.find(stranger::equals).isPresent()));
    stopWatching = cluster.watch(node -> context.runOnContext(now -> onNodeRemoved(node)),
        () -> context.runOnContext(now -> end("the cluster under it has ended here")));
    return joining.begin(self.name(), limit, left, this::refresh, () -> Joining.missing(entry, group(), meetings))
        .onSuccess(met -> stopHealing = timers.every(HEAL_EVERY, this::heal));
  }

  private void heal() {
    departed.whilePassed();
    refresh();
  }

  /** Reads the entry and follows it; completes when that is done. */
  private Future<?> refresh() {
    GroupEntry known = entry;
    return inTurn(registry.read())
        .onSuccess(read -> read.ifPresentOrElse(found -> follow(found, entry == known), this::checkEvicted))
        .onFailure(failure -> LOG.warn("event=group-unreadable worker={} group={} cause={}", self.name(), groupName,
            failure.toString()));
  }

  // What somebody has said before the entry was written is here, but may wait for its turn: it must not be overtaken.
  private <T> Future<T> inTurn(Future<T> read) {
    Promise<T> turn = context.promise();
    read.onComplete(done -> context.runOnContext(now -> turn.handle(done)));
    return turn.future();
  }

  // What was read when nothing newer was known is newer, whatever its epoch: halves of a cluster that meet again keep
  // the entry of one of them.
  private void follow(GroupEntry read, boolean newer) {
    if (left || !newer && read.epoch() < entry.epoch()) {
      return;
    }
    List<WorkerInfo> before = group().workers();
    entry = read;
    if (entry.find(self::equals).isEmpty()) {
      checkEvicted();
      return;
    }
    forgetThoseWithoutRecord();
    List<Member> unmet = entry.members().stream()
        .filter(member -> nodes.put(member.worker().incarnation(), member.node()) == null)
        .filter(member -> !isKnownGone(member.worker())).toList();
    List<WorkerInfo> gone = before.stream().filter(worker -> entry.find(worker::equals).isEmpty()).toList();
    if (!departing) {
      gone.forEach(worker -> remember(worker, reasonOf(worker)));
    }
    known = Snapshot.of(departed.seen(entry).toGroup(groupName));
    // Behind that: whoever is met may have joined by it, and be called from another thread.
    unmet.forEach(member -> meetings.meet(member.worker(), () -> cluster.has(member.node())));
    if (group().workers().size() == fullSize) {
      lost.clear();
    }
    // Before those who came: one of them may be the next run of one who went.
    gone.forEach(this::onRecordGone);
    changes.joined(group());
    dropTheLost();
    checkJoined();
  }

  // However many come and go, no more is remembered here than the entry has, but for the links.
  private void forgetThoseWithoutRecord() {
    Set<Long> recorded = entry.members().stream().map(member -> member.worker().incarnation())
        .collect(Collectors.toSet());
    nodes.keySet().retainAll(recorded);
    departed.keepOnly(recorded);
    meetings.keepOnly(recorded);
  }

  // A record that was gone comes back where halves of a cluster meet that have not heard of the same.
  private boolean isKnownGone(WorkerInfo worker) {
    RpcException known = endpoint.whyGone(worker);
    // Where this worker itself has ended, that says nothing of the other.
    boolean isItsEnd = known != null && known.failure() != RpcFailure.NOT_JOINED
        && departed.add(worker.incarnation());
    if (isItsEnd && !endpoint.isAccuser(worker)) {
      departed.strike(worker.incarnation(), known.failure());
    }
    return known != null;
  }

  // It left and its GOODBYE is still on the way, or others have noticed before this worker that it is lost.
  private void onRecordGone(WorkerInfo worker) {
    if (departing) {
      return;
    }
    RpcFailure reason = reasonOf(worker);
    endpoint.gone(worker, reason, "its record is gone");
    changes.gone(worker, reason, "its record is gone", group());
  }

  private RpcFailure reasonOf(WorkerInfo worker) {
    RpcException known = endpoint.whyGone(worker);
    return known != null ? known.failure()
        : entry.wasLost(worker) ? RpcFailure.WORKER_LOST : RpcFailure.WORKER_LEFT;
  }

  // Before the group is known to be without it: whoever asks for the two in between finds it in one of them.
  private void remember(WorkerInfo worker, RpcFailure reason) {
    if (reason != RpcFailure.WORKER_LEFT && entry.worldSize().isPresent()
        && worker(worker.incarnation()).isPresent()) {
      lost.addIfAbsent(worker);
    }
  }

  // The others have taken this worker for lost: what it holds of them, and they of it, is void.
  private void checkEvicted() {
    end("the others have taken it for lost");
  }

  private void end(String why) {
    if (!left && !departing) {
      // Told once, however often it is read from now on.
      departing = true;
      evicted.accept(why);
    }
  }

  private void checkJoined() {
    joining.check(self, entry, departed.seen(entry).isComplete(), group(), meetings);
  }

  private void onNodeRemoved(String node) {
    for (WorkerInfo worker : List.copyOf(group().workers())) {
      if (node.equals(nodes.get(worker.incarnation()))) {
        endpoint.gone(worker, RpcFailure.WORKER_LOST, "its process dropped out of the cluster");
      }
    }
  }

  private void onGone(WorkerInfo worker, RpcFailure reason, String message) {
    if (left || !departed.add(worker.incarnation())) {
      return;
    }
    remember(worker, reason);
    known = Snapshot.of(departed.seen(entry).toGroup(groupName));
    changes.gone(worker, reason, message, group());
    if (endpoint.isAccuser(worker)) {
      // Which of the two is right, the entry says.
      refresh();
    } else {
      departed.strike(worker.incarnation(), reason);
      dropTheLost();
    }
  }

  // Every survivor does this; the first one's change is everybody's.
  private void dropTheLost() {
    if (departed.struck(entry) == entry) {
      return;
    }
    // Of two that take each other for lost the first to write it stays.
    inTurn(registry.update(before -> before.map(current -> current.find(self::equals).isPresent()
            ? departed.struck(current) : current)))
        .onSuccess(after -> after.ifPresent(written -> follow(written, false)));
  }

  /** Tells {@code onEvicted}, on the worker's context, why this worker can be no member any more. */
  public void onEvicted(Consumer<String> onEvicted) {
    evicted = onEvicted;
  }

  /** The group as it is known now. */
  public Group group() {
    return known.group();
  }

  /** The members of a static group that were lost and have not been replaced. Any thread may ask. */
  public List<WorkerInfo> lost() {
    Group now = group();
    return now.workers().size() == fullSize ? List.of()
        : lost.stream().filter(worker -> now.worker(worker.name()).isEmpty()).toList();
  }

  /** The member of that incarnation, if it is known and not gone. */
  public Optional<WorkerInfo> worker(long incarnation) {
    return Optional.ofNullable(known.byIncarnation().get(incarnation));
  }

  /** Which node of the cluster that member lives in, if it is known. On the worker's context. */
  public Optional<String> node(long ofIncarnation) {
    return Optional.ofNullable(nodes.get(ofIncarnation));
  }

  /** Whether that incarnation was a member, or tried to be, and is known to be gone. On the worker's context. */
  public boolean isGone(long incarnation) {
    return endpoint.isGone(incarnation);
  }

  /** Whether that incarnation is a member, as the group's entry has it now. On the worker's context. */
  public Future<Boolean> hasJoined(long incarnation) {
    return refresh().map(read -> entry.find(worker -> worker.incarnation() == incarnation).isPresent());
  }

  /** Whether nobody else is left. Any thread may ask. */
  public boolean isAlone() {
    return group().workers().stream().allMatch(self::equals);
  }

  /** Tells {@code handler}, and no other, of changes of the group from now on; null: nobody. Any thread may call. */
  public void groupHandler(Handler<GroupChange> handler) {
    changes.handler(handler);
  }

  /**
   * Has nobody join any more, as this worker shuts the group down; completes when it knows all who came before. From
   * then on the group only shrinks, as long as this worker is a member.
   */
  public Future<Void> shut() {
    return inTurn(registry.update(before -> before.map(current -> current.closedBy(self))))
        .onSuccess(after -> after.ifPresent(written -> follow(written, false))).mapEmpty();
  }

  /** Whether the group has as many members as it was made for, and no others. */
  public boolean isStatic() {
    return fullSize > 0;
  }

  /** From here on the others may take this worker's record away, because it says GOODBYE. */
  public void depart() {
    departing = true;
  }

  /** Takes this worker's record away; whatever happens to the others afterwards is not told any more. */
  public Future<Void> leave() {
    left = true;
    changes.end();
    stopWatching.run();
    joining.fail(LEFT_EARLY);
    stopHealing.run();
    if (claimed == null) {
      return context.succeededFuture();
    }
    ping.stop();
    // Not before the claim has ended, and also where it has failed: it may have been written all the same.
    Set<Long> own = Set.of(incarnation);
    return claimed.transform(ended -> registry.update(before -> before.map(current -> current.without(own))))
        .mapEmpty();
  }
}
