package dev.vertxrpc.wire;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes the batches of one peer in the order of their numbers, and keeps them until their frames are read. They come on
 * the node's context, or in the stream on the worker's event loop, one at a time: guarded by the lock of the
 * {@link Outflow}. Frames are read on the worker's context.
 */
final class LinkReader {
  private final Node node;
  private final Outflow outflow;
  private final Goings goings;
  private final Gathering gathering;
  /** What has come in the stream, and was not taken. */
  private final Queue<Batch> inStream = new ConcurrentLinkedQueue<>();
  /** What has come, in order, and was not delivered. */
  private final Queue<ReceiveWindow.Arrival> arrivals = new ConcurrentLinkedQueue<>();
  private final Heard heard;

  LinkReader(Node node, Outflow outflow, Goings goings, Gathering gathering, KnownParticipants participants) {
    this.node = node;
    this.outflow = outflow;
    this.goings = goings;
    this.gathering = gathering;
    this.heard = new Heard(new FunctionNames(), participants);
  }

  /**
   * Takes the frames of a batch whose turn has come, and those that have waited for it. Whether there is something to
   * {@linkplain #nextArrival deliver}. On the node's context, so that a worker that is busy is not taken for one that
   * is dead.
   */
  boolean receive(Batch batch) {
    return outflow.locked(() -> take(batch, false));
  }

  /**
   * The same for one that came in the stream, on the worker's event loop: which does not wait while the node's context
   * writes what is large. That takes it next, and {@code arrived} is told, there, if there is something to deliver.
   */
  boolean receiveInStream(Batch batch, Runnable arrived) {
    inStream.add(batch);
    if (!outflow.lock().tryLock()) {
      node.context().runOnContext(now -> {
        if (outflow.locked(this::takeInStream)) {
          arrived.run();
        }
      });
      return false;
    }
    try {
      return takeInStream();
    } finally {
      outflow.lock().unlock();
    }
  }

  private boolean takeInStream() {
    boolean isNews = false;
    for (Batch next = inStream.poll(); next != null; next = inStream.poll()) {
      isNews |= take(next, true);
    }
    return isNews;
  }

  private boolean take(Batch batch, boolean cameInStream) {
    outflow.acknowledged(batch.received());
    if (goings.bytes() > 0) {
      gathering.write();
    }
    if (batch.count() == 0) {
      if (batch.first() != Batch.UNNUMBERED) {
        outflow.acknowledging().now();
      }
      return false;
    }
    boolean isNews = outflow.received().take(batch, arrivals);
    // Otherwise it came twice, or before something that did not come: the peer does not know what is here.
    outflow.acknowledging().came(!isNews, batch.length(), cameInStream);
    return isNews;
  }

  /** What came first of what was not delivered; null where there is nothing. On the worker's context. */
  ReceiveWindow.Arrival nextArrival() {
    return arrivals.poll();
  }

  /** What the frames before have said. On the worker's context. */
  Heard heard() {
    return heard;
  }
}
