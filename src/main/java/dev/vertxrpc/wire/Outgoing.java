package dev.vertxrpc.wire;

/**
 * A frame that waits to be written, and what becomes of it, as its sender wants to know it. On the node's context or
 * the worker's event loop.
 */
public interface Outgoing {
  /** Always the same. */
  Frame frame();

  /** One whose sender need not know. */
  static Outgoing of(Frame frame) {
    return () -> frame;
  }

  /** Asked once, when it is about to be written: it is dropped where this says no. */
  default boolean isWanted() {
    return true;
  }

  /**
   * It cannot be written, for want of memory say. Whether the sender makes up for it; if not the link is lost, because
   * a gap that nobody notices would be worse.
   */
  default boolean failed(Throwable cause) {
    return false;
  }
}
