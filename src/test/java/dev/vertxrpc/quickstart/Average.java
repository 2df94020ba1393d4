package dev.vertxrpc.quickstart;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;

// [value]
@Remote
public final class Average {
  private double sum;
  private int count;

  public Average(double first) {
    add(first);
  }

  public double add(double value) {              // calls through one RRef take turns: no lock needed
    sum += value;
    count++;
    return sum / count;
  }

  public static double addTo(RRef<Average> average, double value) {
    try (average) {                              // a handle of this worker's own, to be released
      return Rpc.await(average.call(Average::add, value));
    }
  }
}
// [end]
