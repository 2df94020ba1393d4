package dev.vertxrpc.wire;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory that this process shares with one peer, and writes to. A place in it is claimed, filled, and then sent, that
 * is named in a frame; or given back. The peer frees what was sent when it has copied it out, by a word in front of
 * it. A frame is taken once, so what was freed may be overwritten although its frame may be written again. The memory
 * is had from the system before it is touched, or there is no room: to touch what cannot be had ends a process.
 * Thread-safe.
 */
final class Arena {
  private static final Logger LOG = LoggerFactory.getLogger(Arena.class);
  private static final int ZEROS = 64 * 1024;

  /** Where bulk lies, and the bytes that it has. */
  record Place(int at, int bytes) implements Spot {}

  private final ArenaFiles.Created created;
  private final ArenaLayout layout;
  /** What all arenas of the node may have together. */
  private final Budget budget;
  private final ByteBuffer memory;
  private final FreeSpace free;
  /** What is being filled, or waits for its frame to be written. */
  private final Map<Buffer, Place> claimed = new IdentityHashMap<>();
  /** What the peer may read, the oldest first. */
  private final Deque<Place> sent = new ArrayDeque<>();
  private int reserved;
  private boolean closed;

  private Arena(ArenaFiles.Created created, ArenaLayout layout, Budget budget) throws IOException {
    this.created = created;
    this.budget = budget;
    this.layout = layout;
    created.file().write(layout.head());
    reserved = ArenaLayout.HEAD_BYTES;
    memory = created.file().getChannel().map(FileChannel.MapMode.READ_WRITE, 0, layout.bytes());
    free = new FreeSpace(ArenaLayout.HEAD_BYTES, layout.bytes());
  }

  /** One of so many bytes, of which none but the head are had yet. */
  static Arena create(ArenaFiles files, Budget budget, int bytes) throws IOException {
    ArenaFiles.Created created = files.create();
    try {
      return new Arena(created, new ArenaLayout(ArenaFiles.secret(), ArenaFiles.secret(), bytes), budget);
    } catch (IOException | RuntimeException | OutOfMemoryError failed) {
      created.file().close();
      Files.deleteIfExists(created.path());
      throw failed;
    }
  }

  Frame.Offer offer() {
    return new Frame.Offer(created.name(), layout.secretHigh(), layout.secretLow(), layout.bytes());
  }

  /** Room for so many bytes, to be filled and then put into a frame, or given back; null where there is none. */
  synchronized Buffer claim(int bytes) {
    Place place = take(bytes);
    if (place == null) {
      return null;
    }
    Buffer room = BufferInternal.buffer(Unpooled.wrappedBuffer(memory.slice(place.at(), bytes)));
    claimed.put(room, place);
    return room;
  }

  /** Nobody will send it; nothing where it is none that was claimed, or was sent. */
  synchronized void giveBack(Buffer room) {
    Place place = claimed.remove(room);
    if (place != null) {
      free(place);
    }
  }

  /** Where {@code bulk} lies, which is copied unless it was claimed; null where there is no room. */
  Place send(Buffer bulk) {
    Place place;
    boolean isThere;
    synchronized (this) {
      place = claimed.remove(bulk);
      isThere = place != null;
      if (!isThere) {
        place = take(bulk.length());
      }
      if (place != null) {
        // Before it is copied: what is neither claimed nor sent could be given back to the system.
        sent.add(place);
      }
    }
    if (place != null && !isThere) {
      memory.slice(place.at(), place.bytes()).put(((BufferInternal) bulk).getByteBuf().nioBuffer());
    }
    return place;
  }

  /** Its frame was not written after all. */
  synchronized void unsend(Place place) {
    if (sent.removeLastOccurrence(place)) {
      free(place);
    }
  }

  private Place take(int bytes) {
    if (closed) {
      return null;
    }
    // In the order in which it was sent most of it comes free; the rest is looked for when there is no room.
    while (!sent.isEmpty() && ArenaLayout.isFree(memory, sent.peek().at())) {
      free(sent.poll());
    }
    int at = find(bytes);
    if (at < 0 && sweep()) {
      at = find(bytes);
    }
    if (at < 0) {
      return null;
    }
    ArenaLayout.markTaken(memory, at);
    return new Place(at, bytes);
  }

  private int find(int bytes) {
    long size = ArenaLayout.sizeOf(bytes);
    int start = free.take(size);
    if (start < 0) {
      return start;
    }
    if (!reserve(start + size)) {
      free.add(start, size);
      return FreeSpace.NONE;
    }
    return start + ArenaLayout.WORD_BYTES;
  }

  private void free(Place place) {
    free.add(place.at() - ArenaLayout.WORD_BYTES, ArenaLayout.sizeOf(place.bytes()));
  }

  private boolean sweep() {
    boolean found = false;
    for (Iterator<Place> places = sent.iterator(); places.hasNext();) {
      Place place = places.next();
      if (ArenaLayout.isFree(memory, place.at())) {
        places.remove();
        free(place);
        found = true;
      }
    }
    return found;
  }

  private boolean reserve(long end) {
    if (end <= reserved) {
      return true;
    }
    long more = end - reserved;
    if (!budget.tryTake(more)) {
      LOG.debug("event=lanes-full file={} bytes={} more={}", created.path(), reserved, more);
      return false;
    }
    int before = reserved;
    byte[] zeros = new byte[ZEROS];
    try {
      // Not through its channel, which an interrupt of the calling thread would close.
      created.file().seek(reserved);
      while (reserved < end) {
        int length = (int) Math.min(zeros.length, layout.bytes() - (long) reserved);
        created.file().write(zeros, 0, length);
        reserved += length;
      }
      budget.give(more - (reserved - before));
      return true;
    } catch (IOException full) {
      budget.give(more - (reserved - before));
      LOG.debug("event=lane-full file={} bytes={} cause={}", created.path(), reserved, full.toString());
      return false;
    }
  }

  /** Gives memory back to the system if nothing is in it; whether there is still some to give back. */
  synchronized boolean trim() {
    sweep();
    if (reserved > ArenaLayout.HEAD_BYTES && sent.isEmpty() && claimed.isEmpty()) {
      try {
        created.file().setLength(ArenaLayout.HEAD_BYTES);
        budget.give(reserved - ArenaLayout.HEAD_BYTES);
        reserved = ArenaLayout.HEAD_BYTES;
      } catch (IOException kept) {
        LOG.debug("event=lane-not-trimmed file={} cause={}", created.path(), kept.toString());
      }
    }
    return reserved > ArenaLayout.HEAD_BYTES;
  }

  /** The bytes that are claimed, or that the peer has not freed. */
  synchronized long used() {
    sweep();
    long used = 0;
    for (Place place : claimed.values()) {
      used += place.bytes();
    }
    for (Place place : sent) {
      used += place.bytes();
    }
    return used;
  }

  /** Takes its name away: who has it open keeps it, nobody else can open it. */
  void hide() {
    try {
      Files.deleteIfExists(created.path());
    } catch (IOException stays) {
      LOG.warn("event=lane-not-deleted file={} cause={}", created.path(), stays.toString());
    }
  }

  /**
   * Nothing goes in any more. What the peer may be reading, and what somebody fills, stays until nobody refers to it.
   */
  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (trim()) {
      // Nobody knows when the rest goes, see above; it is not this node's to use any more.
      budget.give(reserved - ArenaLayout.HEAD_BYTES);
    }
    hide();
    try {
      created.file().close();
    } catch (IOException open) {
      LOG.debug("event=lane-not-closed file={} cause={}", created.path(), open.toString());
    }
  }
}
