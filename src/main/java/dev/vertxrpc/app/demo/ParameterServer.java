package dev.vertxrpc.app.demo;

import dev.vertxrpc.Remote;

/**
 * The weights that trainers share, and the one place where they change. It lives on the worker that
 * a trainer created it on, and is reached through its RRef, whose calls take turns: so no update is
 * lost, and nothing here needs a lock. Confined to those turns.
 */
@Remote
public final class ParameterServer {
  /** Keeps the first step along a coordinate finite. */
  private static final double SMALL = 1e-3;

  private final double[] weights;
  private final double[] squares;
  private final double rate;
  private long updates;

  /** Starts from {@code initial}; {@code rate} is the size of the first steps. */
  public ParameterServer(double[] initial, double rate) {
    this.weights = initial.clone();
    this.squares = new double[initial.length];
    this.rate = rate;
  }

  /** The weights as they are now. */
  public double[] weights() {
    return weights.clone();
  }

  /**
   * Takes one step down {@code gradient} and answers with the weights that it leads to. A gradient
   * was computed some updates ago, so the steps are Adagrad's, which shrink where gradients have
   * been large: with plain steps a dozen trainers make the weights swing ever wider.
   */
  public double[] update(double[] gradient) {
    if (gradient.length != weights.length) {
      throw new IllegalArgumentException("found a gradient of " + gradient.length
          + " numbers, expected " + weights.length);
    }
    for (int i = 0; i < weights.length; i++) {
      squares[i] += gradient[i] * gradient[i];
      weights[i] -= rate * gradient[i] / (Math.sqrt(squares[i]) + SMALL);
    }
    updates++;
    return weights.clone();
  }

  /** How many updates have been applied. */
  public long updates() {
    return updates;
  }
}
