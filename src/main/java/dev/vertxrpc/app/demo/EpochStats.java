package dev.vertxrpc.app.demo;

import java.util.Collection;

/**
 * How one trainer, or all of them, did up to the end of an epoch: mean loss and accuracy on their own
 * scans, how many scans these are, and the updates sent so far. Immutable.
 */
public record EpochStats(double loss, double accuracy, int samples, long updates) {
  /** Everybody's taken together: means are weighted by scans, counts are added. */
  static EpochStats of(Collection<EpochStats> each) {
    double loss = 0;
    double accuracy = 0;
    int samples = 0;
    long updates = 0;
    for (EpochStats one : each) {
      loss += one.loss * one.samples;
      accuracy += one.accuracy * one.samples;
      samples += one.samples;
      updates += one.updates;
    }
    return new EpochStats(loss / samples, accuracy / samples, samples, updates);
  }
}
