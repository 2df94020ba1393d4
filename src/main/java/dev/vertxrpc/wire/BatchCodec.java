package dev.vertxrpc.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Puts a {@link Batch} on the event bus: as it is between workers of one Vert.x instance, its bytes
 * elsewhere. It never throws, because the bus answers a throwing codec with silence. Thread-safe.
 */
final class BatchCodec implements MessageCodec<Batch, Batch> {
  static final String NAME = "vertx-rpc";

  @Override
  public void encodeToWire(Buffer wire, Batch batch) {
    wire.appendInt(batch.length());
    batch.writeTo(wire);
  }

  @Override
  public Batch decodeFromWire(int position, Buffer wire) {
    int start = position + Integer.BYTES;
    if (start > wire.length()) {
      return new Batch(Buffer.buffer());
    }
    int length = Math.max(0, Math.min(wire.getInt(position), wire.length() - start));
    // A view: the bus made this buffer for this one message.
    return new Batch(wire.slice(start, start + length));
  }

  @Override
  public Batch transform(Batch batch) {
    return batch;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
