package dev.vertxrpc;

import com.fasterxml.jackson.core.type.TypeReference;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;

/**
 * Rounds in which the whole group, or some of it, meets. Every participant calls the same method; the
 * k-th call on one set of participants and tag meets the k-th of the others. A participant gets the
 * whole result or an error that names the workers that were missing or lost: COLLECTIVE. Immutable;
 * {@code among} and {@code withX} return a view.
 */
public interface Collectives {
  /** Rounds among these workers only; this one must be one of them. */
  Collectives among(String... names);

  /** Rounds apart from those of other tags, for users who meet concurrently. */
  Collectives withTag(String tag);

  /** With that limit for each round. */
  Collectives withTimeout(Duration timeout);

  /** Completes when every participant has called it. */
  Future<Void> barrier();

  /** Rounds about values of that type. */
  <T> Typed<T> of(Class<T> type);

  /** Rounds about values of that generic type. */
  <T> Typed<T> of(TypeReference<T> type);

  /**
   * Rounds about values of one type.
   *
   * @param <T> the type of each participant's value
   */
  interface Typed<T> {
    /** Everybody's value under its name, in rank order, the same at every participant. */
    Future<Map<String, T>> allGather(T value);
  }
}
