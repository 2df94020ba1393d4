package dev.vertxrpc.wire;

/**
 * Up to which number the frames of one peer have been received, so that each is taken once and in order whatever
 * happens on the way. What comes too early is not kept: it will be sent again. Confined to the node's context.
 */
final class ReceiveWindow {
  private long received;

  /** The last number that was received with all before it. */
  long received() {
    return received;
  }

  /** How many frames of {@code batch} have been received before; below zero: frames before it are missing. */
  long known(Batch batch) {
    return received + 1 - batch.first();
  }

  /** All frames of {@code batch} are taken. */
  void take(Batch batch) {
    received = Math.max(received, batch.last());
  }
}
