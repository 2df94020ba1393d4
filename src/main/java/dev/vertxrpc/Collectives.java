package dev.vertxrpc;

import com.fasterxml.jackson.core.type.TypeReference;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Rounds in which the whole group, or some of it, meets. Every participant calls the same method, with the same root
 * where it has one; the k-th call on one set of participants and tag meets the k-th of the others, and methods that
 * differ fail the round. A participant gets the whole result or an error, COLLECTIVE, that names the workers that were
 * missing, lost or did something else; never a part of it. A call that one worker cannot do its part of, because its
 * value cannot be encoded or it named the wrong workers, fails there at once, and for the others as soon as they come.
 * Immutable; {@code among} and {@code withX} return a view.
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

    /** The same at {@code to}; an empty map elsewhere. */
    Future<Map<String, T>> gather(String to, T value);

    /** The value of {@code from}, at every participant; elsewhere {@code value} is null. */
    Future<T> broadcast(String from, T value);

    /**
     * Each participant's own of the values that {@code from} has for them, by name, one for each; elsewhere {@code
     * values} is empty.
     */
    Future<T> scatter(String from, Map<String, T> values);

    /**
     * What {@code associative} makes of all values, the same at every participant, because it is made once. Values are
     * combined with their neighbours in rank only, in that order: small ones one after the other, {@code f(f(v0, v1),
     * v2)}, large ones, of 64 KiB or more, on the way to one another, {@code f(f(v0, v1), f(v2, v3))} say. So the
     * function has to be associative; where it is that only nearly, as sums of floats are, the last digits may depend
     * on who takes part. It runs at any of the participants, on threads that may block; so all pass the same. It may
     * change and return its arguments, which are copies. {@link Reducers} has some for arrays.
     */
    Future<T> allReduce(T value, Fn2<T, T, T> associative);

    /** The same at {@code to}; empty elsewhere. */
    Future<Optional<T>> reduce(String to, T value, Fn2<T, T, T> associative);
  }
}
