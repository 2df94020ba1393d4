package dev.vertxrpc.app.demo;

import java.util.Random;

/**
 * A network of two layers that tells digits apart: 64 pixels, {@value #HIDDEN} hidden units that
 * rectify, 10 classes under a softmax. It is arithmetic on one flat array of weights, which is what
 * travels between workers: first the hidden units, each as its weights and its bias, then the classes
 * in the same form. Static and pure, and so thread-safe.
 */
final class Network {
  static final int HIDDEN = 64;
  private static final int IN = Digits.PIXELS;
  private static final int OUT = Digits.CLASSES;
  private static final int SECOND = HIDDEN * (IN + 1);

  /** How many weights there are. */
  static final int WEIGHTS = SECOND + OUT * (HIDDEN + 1);

  /** How well weights do on some scans: the mean loss, and the share that is told right. */
  record Score(double loss, double accuracy) {}

  private Network() {}

  /** Random weights to start from, the same for the same seed. */
  static double[] initial(long seed) {
    Random random = new Random(seed);
    double[] weights = new double[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      int inputs = i < SECOND ? IN : HIDDEN;
      int at = i < SECOND ? i : i - SECOND;
      boolean bias = at % (inputs + 1) == inputs;
      weights[i] = bias ? 0 : random.nextGaussian() * Math.sqrt(2.0 / inputs);
    }
    return weights;
  }

  /** The gradient of the mean loss over {@code batch}. */
  static double[] gradient(double[] weights, Digits batch) {
    double[] gradient = new double[WEIGHTS];
    for (Digits.Scan scan : batch.scans()) {
      double[] hidden = hidden(weights, scan.pixels());
      double[] error = probabilities(weights, hidden);
      error[scan.digit()] -= 1;
      double[] back = new double[HIDDEN];
      for (int k = 0; k < OUT; k++) {
        int row = SECOND + k * (HIDDEN + 1);
        for (int j = 0; j < HIDDEN; j++) {
          gradient[row + j] += error[k] * hidden[j];
          back[j] += error[k] * weights[row + j];
        }
        gradient[row + HIDDEN] += error[k];
      }
      for (int j = 0; j < HIDDEN; j++) {
        if (hidden[j] > 0) {
          addScaled(gradient, j * (IN + 1), scan.pixels(), back[j]);
        }
      }
    }
    for (int i = 0; i < WEIGHTS; i++) {
      gradient[i] /= batch.size();
    }
    return gradient;
  }

  /** How well {@code weights} do on {@code digits}. */
  static Score score(double[] weights, Digits digits) {
    double loss = 0;
    int right = 0;
    for (Digits.Scan scan : digits.scans()) {
      double[] probabilities = probabilities(weights, hidden(weights, scan.pixels()));
      loss -= Math.log(Math.max(probabilities[scan.digit()], Double.MIN_NORMAL));
      right += mostLikely(probabilities) == scan.digit() ? 1 : 0;
    }
    return new Score(loss / digits.size(), (double) right / digits.size());
  }

  private static double[] hidden(double[] weights, double[] pixels) {
    double[] hidden = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      hidden[j] = Math.max(0, unit(weights, j * (IN + 1), pixels));
    }
    return hidden;
  }

  private static double[] probabilities(double[] weights, double[] hidden) {
    double[] out = new double[OUT];
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < OUT; k++) {
      out[k] = unit(weights, SECOND + k * (HIDDEN + 1), hidden);
      max = Math.max(max, out[k]);
    }
    double sum = 0;
    for (int k = 0; k < OUT; k++) {
      out[k] = Math.exp(out[k] - max);
      sum += out[k];
    }
    for (int k = 0; k < OUT; k++) {
      out[k] /= sum;
    }
    return out;
  }

  /** One unit's weighted sum and bias; its weights start at {@code row}. */
  private static double unit(double[] weights, int row, double[] inputs) {
    double sum = weights[row + inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      sum += weights[row + i] * inputs[i];
    }
    return sum;
  }

  /** Adds one unit's share of the gradient: {@code scale} times its inputs, and its bias. */
  private static void addScaled(double[] gradient, int row, double[] inputs, double scale) {
    for (int i = 0; i < inputs.length; i++) {
      gradient[row + i] += scale * inputs[i];
    }
    gradient[row + inputs.length] += scale;
  }

  private static int mostLikely(double[] probabilities) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      best = probabilities[k] > probabilities[best] ? k : best;
    }
    return best;
  }
}
