package dev.vertxrpc.simulation;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.Collectives;
import dev.vertxrpc.Collectives.Typed;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.simulation.Holdings.Cell;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A round that some workers are to meet in, each by calling the same. Immutable. */
record PlannedRound(int number, List<String> names, String tag, Kind kind, String root, boolean ofReferences,
                    boolean isLarge) {
  /** So that with it what one brings is passed on, and combined on its way. */
  private static final String FILLER = " ".repeat(70_000);

  private static final TypeReference<RRef<Cell>> CELL = new TypeReference<>() {};

  /** What they do in it. */
  enum Kind { BARRIER, ALL_GATHER, GATHER, BROADCAST, SCATTER, ALL_REDUCE, REDUCE }

  static PlannedRound random(int number, List<String> all, Random random) {
    List<String> names = new ArrayList<>(all);
    Collections.shuffle(names, random);
    // Mostly the same set, so that rounds of one series follow one another.
    names = random.nextInt(3) > 0 ? all : names.subList(0, 1 + random.nextInt(names.size()));
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    boolean isLarge = random.nextInt(3) == 0;
    return new PlannedRound(number, names.stream().sorted().toList(), random.nextInt(4) == 0 ? "t" : "", kind,
        names.get(random.nextInt(names.size())),
        !isLarge && kind.ordinal() < Kind.ALL_REDUCE.ordinal() && random.nextBoolean(), isLarge);
  }

  PlannedRound doing(Kind other) {
    return new PlannedRound(number, names, tag, other, root, false, isLarge);
  }

  PlannedRound with(String otherRoot) {
    return new PlannedRound(number, names, tag, kind, otherRoot, ofReferences, isLarge);
  }

  /** What one worker contributes, as text. */
  String token(String name) {
    return "<" + number + "@" + name + ">";
  }

  /** All that they contribute, in rank order, which is that of the names. */
  List<String> tokens() {
    return names.stream().map(this::token).toList();
  }

  /** Has the worker of {@code rpc} do its part; answers the tokens that it gets. */
  Future<List<String>> callWithTokens(Rpc rpc, Duration limit) {
    String self = rpc.self().name();
    Typed<String> rounds = view(rpc, limit).of(String.class);
    String token = (isLarge ? FILLER : "") + token(self);
    return switch (kind) {
      case BARRIER -> view(rpc, limit).barrier().map(List.of());
      case ALL_GATHER -> rounds.allGather(token).map(all -> small(all.values()));
      case GATHER -> rounds.gather(root, token).map(all -> small(all.values()));
      case BROADCAST -> rounds.broadcast(root, self.equals(root) ? token : null).map(all -> small(List.of(all)));
      case SCATTER -> rounds.scatter(root, values(self, name -> token)).map(all -> small(List.of(all)));
      case ALL_REDUCE -> rounds.allReduce(token, String::concat).map(PlannedRound::split);
      case REDUCE -> rounds.reduce(root, token, String::concat).map(all -> all.map(PlannedRound::split)
          .orElse(List.of()));
    };
  }

  /** The same with references: answers those that it gets. */
  Future<List<RRef<Cell>>> callWithReference(Rpc rpc, Duration limit, RRef<Cell> mine) {
    String self = rpc.self().name();
    Typed<RRef<Cell>> rounds = view(rpc, limit).of(CELL);
    return switch (kind) {
      case ALL_GATHER -> rounds.allGather(mine).map(all -> List.copyOf(all.values()));
      case GATHER -> rounds.gather(root, mine).map(all -> List.copyOf(all.values()));
      case BROADCAST -> rounds.broadcast(root, self.equals(root) ? mine : null).map(List::of);
      case SCATTER -> rounds.scatter(root, values(self, name -> mine)).map(List::of);
      case BARRIER, ALL_REDUCE, REDUCE -> view(rpc, limit).barrier().map(List.of());
    };
  }

  private Collectives view(Rpc rpc, Duration limit) {
    return rpc.collectives().among(names.toArray(String[]::new)).withTag(tag).withTimeout(limit);
  }

  private <T> Map<String, T> values(String self, Function<String, T> value) {
    return self.equals(root) ? names.stream().collect(Collectors.toMap(Function.identity(), value)) : Map.of();
  }

  private static List<String> small(Collection<String> tokens) {
    return tokens.stream().map(String::strip).toList();
  }

  private static List<String> split(String tokens) {
    return small(List.of(tokens.split("(?<=>)")));
  }

  /** Of whom a participant gets something when all goes well. */
  Optional<List<String>> contributors(String receiver) {
    return switch (kind) {
      case BARRIER -> Optional.empty();
      case ALL_GATHER, ALL_REDUCE -> Optional.of(names);
      case GATHER, REDUCE -> receiver.equals(root) ? Optional.of(names) : Optional.empty();
      case BROADCAST, SCATTER -> Optional.of(List.of(root));
    };
  }
}
