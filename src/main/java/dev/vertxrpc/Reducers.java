package dev.vertxrpc;

/**
 * Reducers of arrays, element by element, for {@link Collectives.Typed#allReduce} and {@link
 * Collectives.Typed#reduce}: {@code of(double[].class).allReduce(gradient, Reducers::sum)}. No cast is needed, because
 * the type of the round says which one is meant. Arrays of different lengths are refused. The result may be the first
 * array, which is a copy that only the round has. For single numbers there are {@code Integer::sum}, {@code
 * Double::max} and the like. Pure functions but for that.
 */
public final class Reducers {
  private Reducers() {}

  public static double[] sum(double[] left, double[] right) {
    requireSameLength(left.length, right.length);
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
    return left;
  }

  public static float[] sum(float[] left, float[] right) {
    requireSameLength(left.length, right.length);
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
    return left;
  }

  public static long[] sum(long[] left, long[] right) {
    requireSameLength(left.length, right.length);
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
    return left;
  }

  public static int[] sum(int[] left, int[] right) {
    requireSameLength(left.length, right.length);
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
    return left;
  }

  public static double[] max(double[] left, double[] right) {
    requireSameLength(left.length, right.length);
    for (int i = 0; i < left.length; i++) {
      left[i] = Math.max(left[i], right[i]);
    }
    return left;
  }

  public static float[] max(float[] left, float[] right) {
    requireSameLength(left.length, right.length);
    for (int i = 0; i < left.length; i++) {
      left[i] = Math.max(left[i], right[i]);
    }
    return left;
  }

  public static long[] max(long[] left, long[] right) {
    requireSameLength(left.length, right.length);
    for (int i = 0; i < left.length; i++) {
      left[i] = Math.max(left[i], right[i]);
    }
    return left;
  }

  public static int[] max(int[] left, int[] right) {
    requireSameLength(left.length, right.length);
    for (int i = 0; i < left.length; i++) {
      left[i] = Math.max(left[i], right[i]);
    }
    return left;
  }

  private static void requireSameLength(int left, int right) {
    if (left != right) {
      throw new IllegalArgumentException("arrays of " + left + " and " + right
          + " elements; all participants must bring the same length");
    }
  }
}
