package dev.vertxrpc.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The function names that one worker has said to another, which go by their number from then on. Both sides keep
 * them, in the order in which they were said: the link loses nothing and changes no order. Confined to whoever writes
 * the link's batches, one at a time, or reads them.
 */
final class FunctionNames {
  /** The number of a name that is said in full each time. */
  static final int UNKEPT = -1;
  /** None is kept: for batches that may be read by whoever does not know the others. */
  static final FunctionNames NONE = new FunctionNames(0);
  private static final int MOST = 4096;

  private final int most;
  private final List<FunctionName> names = new ArrayList<>();
  private final Map<FunctionName, Integer> numbers = new HashMap<>();
  /** Most calls repeat the name of the one before. */
  private FunctionName last;
  private int lastNumber;

  FunctionNames() {
    this(MOST);
  }

  private FunctionNames(int most) {
    this.most = most;
  }

  /** The number that the next new name gets. */
  int next() {
    return names.size() < most ? names.size() : UNKEPT;
  }

  /** The number of a name that was said; {@link #UNKEPT} where it was not. */
  int numberOf(FunctionName name) {
    if (name != last) {
      lastNumber = numbers.getOrDefault(name, UNKEPT);
      last = lastNumber == UNKEPT ? null : name;
    }
    return lastNumber;
  }

  /** The name of that number. */
  FunctionName at(long number) {
    if (number < 0 || number >= names.size()) {
      throw new MalformedFrameException("function " + number + ", and only " + names.size() + " were named");
    }
    return names.get((int) number);
  }

  /** It was said, and has the next number if there is one. */
  void add(FunctionName name) {
    if (names.size() < most) {
      numbers.put(name, names.size());
      names.add(name);
    }
  }
}
