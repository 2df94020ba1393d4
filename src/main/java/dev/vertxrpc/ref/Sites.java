package dev.vertxrpc.ref;

import dev.vertxrpc.WorkerInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/** Where handles are made and through whose hands they come, if somebody wants to know. Thread-safe. */
final class Sites {
  private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final String ROOT = "dev.vertxrpc";
  private static final Set<String> OURS = Set.of(ROOT, ROOT + ".call", ROOT + ".codec", ROOT + ".collective",
      ROOT + ".ref", ROOT + ".runtime", ROOT + ".wire");
  private static final List<String> PLATFORM = List.of("java.", "jdk.", "sun.", "io.vertx.core.", "io.netty.");

  private final boolean tracked;
  private final WorkerInfo self;
  private final LongFunction<Optional<WorkerInfo>> members;

  Sites(RefSetup setup) {
    this.tracked = setup.options().trackSites();
    this.self = setup.endpoint().self();
    this.members = setup.members();
  }

  /** The place in the application that is being run; null where none is, or nobody wants to know. */
  String here() {
    return tracked ? STACK.walk(frames -> frames.filter(frame -> isApplication(frame.getDeclaringClass())).findFirst()
        .map(frame -> frame.getClassName() + ":" + frame.getLineNumber()).orElse(null)) : null;
  }

  /** The same for a handle that came from another worker. */
  String from(WorkerInfo sender) {
    return tracked ? "received from " + sender.name() : null;
  }

  private static boolean isApplication(Class<?> type) {
    return !OURS.contains(type.getPackageName()) && PLATFORM.stream().noneMatch(type.getName()::startsWith);
  }

  /** Through whose hands a handle came to {@code holder}, the last one being {@code parent}'s; null as above. */
  List<String> path(WorkerInfo holder, long parent, Collection<Holder> others) {
    if (!tracked) {
      return null;
    }
    if (parent == self.incarnation()) {
      return List.of(self.name(), holder.name());
    }
    List<String> path = new ArrayList<>();
    Optional<Holder> giver = others.stream().filter(other -> other.worker().incarnation() == parent).findFirst();
    if (giver.isPresent()) {
      path.addAll(giver.get().path());
    } else if (parent != holder.incarnation()) {
      // Its own REGISTER is still on the way.
      path.add(name(parent));
    }
    path.add(holder.name());
    return path;
  }

  /** The name of that worker, as far as it is known. */
  String name(long incarnation) {
    return incarnation == self.incarnation() ? self.name()
        : members.apply(incarnation).map(WorkerInfo::name).orElse("gone:" + Long.toHexString(incarnation));
  }
}
