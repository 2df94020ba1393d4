package dev.vertxrpc.wire;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is to go wrong on the way out of one worker, for tests of how it and the others bear it. The first rule that
 * fits a frame and is not used up decides what happens to it. Thread-safe.
 */
public final class Faults {
  /** What can happen to a frame. */
  public enum Action {
    /** It is lost, and lost again when it is sent again, as often as the rule says. */
    DROP,
    /** It is held back for the time that the rule says, while others go ahead. */
    DELAY,
    /** It comes twice. */
    DUPLICATE,
    /** What is sent next comes before it. */
    REORDER
  }

  /**
   * One kind of fault.
   *
   * @param frame the name of a {@link FrameType} that has a number, which HELLO, WELCOME and GOODBYE have not
   * @param peer the name of the worker that it is sent to; empty: any
   * @param count how many frames it happens to, at most
   * @param times how often each is lost; of no meaning but for DROP
   * @param delay of no meaning but for DELAY
   */
  public record Rule(String frame, Optional<String> peer, Action action, int count, int times, Duration delay) {
    /** Refuses what could not happen. */
    public Rule {
      if (FrameType.named(frame).filter(FrameType::isNumbered).isEmpty()) {
        throw new IllegalArgumentException("a fault for frames of type " + frame + ": expected one of "
            + Arrays.stream(FrameType.values()).filter(FrameType::isNumbered).toList());
      }
      if (count < 1 || times < 1 || delay.isNegative()) {
        throw new IllegalArgumentException("a fault for " + count + " frames, " + times + " times, after " + delay
            + ": expected at least 1, 1 and zero");
      }
    }

    /** To every frame of that type, whoever it is sent to; once, after 100 ms where that matters. */
    public static Rule of(FrameType frame, Action action) {
      return new Rule(frame.name(), Optional.empty(), action, Integer.MAX_VALUE, 1, Duration.ofMillis(100));
    }

    /** To frames to that worker only. */
    public Rule to(String worker) {
      return new Rule(frame, Optional.of(worker), action, count, times, delay);
    }

    /** To so many frames at most. */
    public Rule count(int frames) {
      return new Rule(frame, peer, action, frames, times, delay);
    }

    /** Each is lost so often. */
    public Rule times(int losses) {
      return new Rule(frame, peer, action, count, losses, delay);
    }

    /** Each is held back for so long. */
    public Rule delay(Duration time) {
      return new Rule(frame, peer, action, count, times, time);
    }

    private boolean fits(FrameType type, String worker) {
      return frame.equals(type.name()) && peer.map(worker::equals).orElse(true);
    }
  }

  private static final class Armed {
    private final Rule rule;
    private final AtomicInteger left;

    Armed(Rule rule) {
      this.rule = rule;
      this.left = new AtomicInteger(rule.count());
    }

    boolean use() {
      return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
  }

  private volatile List<Armed> armed;

  public Faults(List<Rule> rules) {
    set(rules);
  }

  /** From now on these, and no others. */
  public void set(List<Rule> rules) {
    armed = rules.stream().map(Armed::new).toList();
  }

  /** What happens to a frame of that type on its way to {@code worker}; null: nothing. */
  Rule next(FrameType type, String worker) {
    for (Armed each : armed) {
      if (each.rule.fits(type, worker) && each.use()) {
        return each.rule;
      }
    }
    return null;
  }
}
