package dev.vertxrpc.call;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.BulkRoom;
import dev.vertxrpc.wire.Lanes;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Room for values in the lane to the worker that they are encoded for. Confined to whoever encodes them. */
final class LaneRoom implements BulkRoom {
  private final Lanes lanes;
  private final WorkerInfo to;
  private List<Buffer> claimed = List.of();

  LaneRoom(Lanes lanes, WorkerInfo to) {
    this.lanes = lanes;
    this.to = to;
  }

  @Override
  public Buffer claim(int bytes) {
    Buffer room = lanes.claim(to, bytes);
    if (room != null) {
      if (claimed.isEmpty()) {
        claimed = new ArrayList<>(1);
      }
      claimed.add(room);
    }
    return room;
  }

  /** The values could not be encoded after all. */
  void giveBack() {
    lanes.giveBack(to, claimed);
  }
}
