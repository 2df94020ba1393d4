package dev.vertxrpc.collective;

/**
 * The place of one participant where values are combined on their way up a tree: those of the participants before it
 * in rank come from the left, those of the ones behind it from the right, so that only neighbours are ever combined.
 * Immutable.
 *
 * @param at by rank, as the others are
 * @param parent who gets what is combined; NOBODY: the leader
 * @param left who sends what was combined of those before; NOBODY where there are none
 * @param right the same of those behind
 * @param first the first of those whose values are combined here
 * @param last the last of them
 */
record Place(int at, int parent, int left, int right, int first, int last) {
  static final int NOBODY = -1;

  /** The place of number {@code at} of so many. */
  static Place of(int at, int count) {
    int from = 0;
    int to = count;
    int parent = NOBODY;
    for (int middle = middle(from, to); middle != at; middle = middle(from, to)) {
      parent = middle;
      if (at < middle) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return new Place(at, parent, from < at ? middle(from, at) : NOBODY, at + 1 < to ? middle(at + 1, to) : NOBODY,
        from, to - 1);
  }

  private static int middle(int from, int to) {
    return (from + to) >>> 1;
  }

  /** How many others send it something. */
  int children() {
    return (left == NOBODY ? 0 : 1) + (right == NOBODY ? 0 : 1);
  }
}
