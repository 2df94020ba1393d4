package dev.vertxrpc.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bulk that goes to one peer beside the batches, under numbers: in a socket while there is one, else in chunks, as
 * frames between others. What goes in a socket is kept until the peer has confirmed it, so that it can go in chunks
 * when the socket breaks. Confined to the node's context, except where a method says otherwise.
 */
final class Goings {
  /** Little enough that what is small need not wait long behind it. */
  static final int CHUNK_BYTES = 256 * 1024;

  /** Bulk, and its number. */
  record Going(long number, Buffer bulk) {}

  /** What was put into the frame that is being written. */
  private final List<Going> written = new ArrayList<>();
  /** In a socket, and not confirmed, in order. */
  private final Map<Long, Going> inSocket = new LinkedHashMap<>();
  /** What of the first has gone. */
  private int chunked;
  private final Deque<Going> inChunks = new ArrayDeque<>();
  private LaneWriter socket;
  private long last;
  private Promise<Void> drained;
  private volatile long bytes;
  private volatile boolean closed;

  /** Takes what the frame brings that is being written; it goes when that is {@linkplain #commit() certain}. */
  Spot take(Buffer bulk) {
    last++;
    written.add(new Going(last, bulk));
    return new Spot.Numbered(last, bulk.length());
  }

  /** The frame is not written. */
  void undo() {
    written.clear();
  }

  /** The frame is written. */
  void commit() {
    for (Going going : written) {
      bytes += going.bulk().length();
      if (socket == null) {
        inChunks.add(going);
      } else {
        inSocket.put(going.number(), going);
        socket.write(going);
      }
    }
    written.clear();
  }

  /** From now on bulk goes there. */
  void open(LaneWriter opened) {
    socket = opened;
  }

  /** What went there, and was not confirmed, goes in chunks: whether it came is not known. */
  void broken() {
    socket = null;
    inChunks.addAll(inSocket.values());
    inSocket.clear();
  }

  /** The peer has it. */
  void confirmed(long number) {
    Going going = inSocket.remove(number);
    if (going != null) {
      gone(going);
    }
  }

  /** Whether something is to be confirmed. */
  boolean isInSocket() {
    return !inSocket.isEmpty();
  }

  boolean hasChunks() {
    return !inChunks.isEmpty();
  }

  /** The next that goes over the bus; null where none does. It is asked for again until it {@linkplain #sent went}. */
  Frame.Chunk chunk() {
    Going going = inChunks.peek();
    if (going == null) {
      return null;
    }
    int end = Math.min(going.bulk().length(), chunked + CHUNK_BYTES);
    return new Frame.Chunk(going.number(), going.bulk().length(), chunked, going.bulk().slice(chunked, end));
  }

  /** That chunk is on its way, which the link sees to. */
  void sent(Frame.Chunk chunk) {
    chunked = chunk.from() + chunk.part().length();
    if (chunked == chunk.length()) {
      chunked = 0;
      gone(inChunks.poll());
    }
  }

  private void gone(Going going) {
    bytes -= going.bulk().length();
    settle();
  }

  /** How many bytes the peer does not have. On any thread. */
  long bytes() {
    return bytes;
  }

  /** Completes when nothing is left that has to go, or nobody is there to get it. */
  Future<Void> drained() {
    if (drained == null) {
      drained = Promise.promise();
    }
    settle();
    return drained.future();
  }

  private void settle() {
    if (drained != null && (closed || inSocket.isEmpty() && inChunks.isEmpty())) {
      drained.tryComplete();
    }
  }

  /** Nothing goes any more. */
  void close() {
    closed = true;
    bytes = 0;
    written.clear();
    inSocket.clear();
    inChunks.clear();
    settle();
  }
}
