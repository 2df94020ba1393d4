package dev.vertxrpc.simulation;

import org.junit.jupiter.api.Test;

/**
 * References under thousands of random schedules: made, shared, passed on along chains and in other values, called and
 * closed by three to five workers whose bus loses, doubles, delays and reorders, and of whom some die, stand still for
 * longer than their lease or for less, and start again under their old names. No value is freed while somebody who
 * lives holds a handle to it, every Future completes once, and when all handles are closed no worker keeps anything.
 *
 * <p>Seen to notice: a fork that its owner hands out and does not register; a handle that is released before its
 * children are known; a handle that comes home and is not accepted; forks of a worker that died that its owner keeps;
 * children of a worker that died that their parent waits for; frames that come twice and are taken twice.
 */
class ReferenceSchedulesTest {
  private static final int SCHEDULES = Integer.getInteger("schedules.simulated", 1_500);

  @Test
  void noValueGoesTooEarlyOrStaysForEver() {
    long seed = Long.getLong("seed", System.nanoTime());
    try (Simulation simulation = new Simulation()) {
      for (int i = 0; i < SCHEDULES; i++) {
        try {
          new ReferenceSchedule(simulation, seed + i).run();
        } catch (Throwable broken) {
          throw new AssertionError("schedule " + i + " of seed " + seed + ": replay with -Dseed=" + (seed + i)
              + " -Dschedules.simulated=1", broken);
        }
      }
    }
  }
}
