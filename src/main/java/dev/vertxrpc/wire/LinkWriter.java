package dev.vertxrpc.wire;

/**
 * Writes what has gathered for one peer: small frames together, large ones in batches of their own, and chunks behind
 * all. The worker's event loop writes to the stream, the node's context to the bus, one at a time: guarded by the lock
 * of the {@link Outflow}.
 */
final class LinkWriter implements Gathering.Direct {
  /** So much may be under way in chunks before more goes. */
  private static final long MOST_IN_CHUNKS = 16L * Goings.CHUNK_BYTES;

  private final Link link;
  private final Endpoint endpoint;
  private final Node node;
  private final Outflow outflow;
  private final BatchStream stream;
  private final Lane lane;
  private final Goings goings;
  private final Gathering gathering;

  LinkWriter(Link link, Endpoint endpoint, Node node, Outflow outflow, BatchStream stream, Lane lane, Goings goings) {
    this.link = link;
    this.endpoint = endpoint;
    this.node = node;
    this.outflow = outflow;
    this.stream = stream;
    this.lane = lane;
    this.goings = goings;
    this.gathering = new Gathering(endpoint.context(), node.context(), this::flush, this);
  }

  /** What waits to be written. */
  Gathering gathering() {
    return gathering;
  }

  @Override
  public boolean isOpen() {
    return stream.isOpen();
  }

  @Override
  public void missed() {
    stream.missed();
  }

  /** Writes everything. On the node's context. */
  void flush() {
    outflow.lock().lock();
    try {
      writeFrames(false);
      writeChunks();
    } catch (RuntimeException | OutOfMemoryError unwritable) {
      lose(unwritable);
    } finally {
      outflow.lock().unlock();
    }
  }

  // What else was in the batch would be missing without a word.
  private void lose(Throwable unwritable) {
    link.lose("what was to be sent to it could not be written: " + unwritable);
  }

  /**
   * Whether the stream has taken what has gathered, or will when it is not full any more. Who has the lock is done in a
   * moment, but may wait for one that is held around here: it is not waited for. On the worker's event loop.
   */
  @Override
  public boolean take() {
    if (!stream.isOpen()) {
      missed();
      return false;
    }
    // Nor is a batch begun in the middle of another, by whoever is told what became of a frame.
    if (outflow.lock().isHeldByCurrentThread() || !outflow.lock().tryLock()) {
      return false;
    }
    try {
      return writeFrames(true);
    } catch (RuntimeException | OutOfMemoryError unwritable) {
      lose(unwritable);
      return true;
    } finally {
      outflow.lock().unlock();
    }
  }

  /** Whether all has been seen to: what is large goes over the bus. */
  private boolean writeFrames(boolean toStream) {
    Batch batch = null;
    Outgoing next = gathering.peek();
    for (; next != null && link.isOpen(); next = gathering.peek()) {
      boolean isLarge = next.frame().bytes() >= Batch.FULL_BYTES;
      if (toStream && (isLarge || stream.isFull())) {
        break;
      }
      gathering.poll();
      if (!next.isWanted()) {
        continue;
      }
      Faults.Rule fault = endpoint.fault(next.frame(), link.peer());
      if (fault != null || isLarge) {
        // In a batch of its own: what happens to it must not happen to others.
        if (batch != null) {
          outflow.write(batch);
          batch = null;
        }
        writeAlone(next, fault);
        continue;
      }
      if (batch == null) {
        batch = outflow.begin();
      }
      batch.add(next.frame());
      if (batch.isFull()) {
        outflow.write(batch);
        batch = null;
      }
    }
    if (batch != null) {
      outflow.write(batch);
    }
    return next == null || stream.isFull();
  }

  // Behind everything else, and only so much that what is behind them need not wait long.
  private void writeChunks() {
    while (link.isOpen() && goings.hasChunks() && outflow.unacknowledgedBytes() < MOST_IN_CHUNKS) {
      Frame.Chunk chunk = goings.chunk();
      Batch alone = outflow.beginAlone();
      try {
        alone.add(chunk);
      } catch (RuntimeException | OutOfMemoryError unwritable) {
        link.lose("a CHUNK to it could not be written: " + unwritable);
        return;
      }
      write(alone, endpoint.fault(chunk, link.peer()));
      goings.sent(chunk);
    }
  }

  private void writeAlone(Outgoing next, Faults.Rule fault) {
    Batch alone = outflow.beginAlone();
    // What is large is written on the node's context, where lanes are.
    boolean takesLane = next.frame().bytes() >= Lane.LEAST_BYTES && !node.has(link.peer());
    try {
      if (takesLane) {
        lane.begin(next.frame(), link);
        alone.add(next.frame(), lane);
      } else if (node.has(link.peer())) {
        alone.addSharing(next.frame());
      } else {
        alone.add(next.frame());
      }
    } catch (RuntimeException | OutOfMemoryError unwritable) {
      if (takesLane) {
        lane.undo();
      }
      // It has taken no number: the others go on without it.
      if (!next.failed(unwritable)) {
        link.lose("a " + next.frame().type() + " to it could not be written: " + unwritable);
      }
      return;
    }
    write(alone, fault);
    if (takesLane) {
      lane.commit();
    }
  }

  private void write(Batch alone, Faults.Rule fault) {
    if (fault == null) {
      outflow.writeAlone(alone);
    } else {
      outflow.write(alone, fault);
    }
  }
}
