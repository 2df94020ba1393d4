package dev.vertxrpc.wire;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Appends to a batch what {@link FrameReader} reads back, big-endian. Confined to one thread. */
final class FrameWriter {
  /** The kinds of object on the wire: never renumber, never reuse. */
  static final byte REF = 1;
  static final byte SERVICE = 2;
  /** Before bulk: it is in the arena, and its place follows. */
  static final int IN_ARENA = 0;
  /** Before bulk: it comes by itself, and its number and its length follow. */
  static final int NUMBERED = 1;
  /** What the length of bulk that follows at once is more by. */
  static final int HERE = 2;

  private final Bytes bytes;
  private final FunctionNames names;
  private final BulkSink lane;

  /** Names are written in full that are not among {@code names}; bulk goes to {@code lane}, if that takes it. */
  FrameWriter(Bytes bytes, FunctionNames names, BulkSink lane) {
    this.bytes = bytes;
    this.names = names;
    this.lane = lane;
  }

  int length() {
    return bytes.length();
  }

  void setInt(int at, int value) {
    bytes.setInt(at, value);
  }

  void writeByte(byte value) {
    bytes.append(value);
  }

  void writeBoolean(boolean value) {
    bytes.append(value ? (byte) 1 : 0);
  }

  void writeInt(int value) {
    bytes.append(value);
  }

  void writeLong(long value) {
    bytes.append(value);
  }

  /** A number that is small as a rule: then it takes a byte or two, and ten where it is below zero. */
  void writeCompact(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes.append((byte) (left | 0x80));
      left >>>= 7;
    }
    bytes.append((byte) left);
  }

  /** The time that a call has left; -1, which is all that is usual below zero: no deadline. */
  void writeRemaining(long millis) {
    writeCompact(millis + 1);
  }

  void writeString(String value) {
    if (value.isEmpty()) {
      bytes.append(0);
      return;
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    bytes.append(utf8.length);
    bytes.append(utf8);
  }

  void writeBytes(Buffer value) {
    bytes.append(value.length());
    bytes.append(value);
  }

  <T> void writeList(Collection<T> items, Consumer<T> item) {
    int count = items.size();
    bytes.append(count);
    if (count > 0) {
      items.forEach(item);
    }
  }

  <T> void writeOptional(Optional<T> value, Consumer<T> item) {
    writeBoolean(value.isPresent());
    if (value.isPresent()) {
      item.accept(value.get());
    }
  }

  void writeRefId(RefId id) {
    bytes.append(id.creator());
    bytes.append(id.number());
  }

  void writeSecret(Secret secret) {
    writeLong(secret.high());
    writeLong(secret.low());
  }

  void writeTally(Tally tally) {
    writeLong(tally.count());
    writeLong(tally.hash());
  }

  void writeForkId(ForkId id) {
    bytes.append(id.creator());
    bytes.append(id.number());
  }

  void writeFork(Fork fork) {
    writeRefId(fork.ref());
    writeForkId(fork.id());
    bytes.append(fork.owner());
    bytes.append(fork.parent());
  }

  void writeWorker(WorkerInfo worker) {
    writeString(worker.name());
    writeInt(worker.rank());
    writeLong(worker.incarnation());
    writeList(worker.roles(), this::writeString);
  }

  void writeCallId(CallId id) {
    bytes.append(id.caller());
    writeCompact(id.number());
  }

  void writeObjectId(ObjectId id) {
    if (id instanceof RefId ref) {
      writeByte(REF);
      writeRefId(ref);
    } else if (id instanceof ServiceId service) {
      writeByte(SERVICE);
      writeString(service.api());
      writeString(service.name());
    }
  }

  void writeHeaders(Map<String, String> headers) {
    bytes.append(headers.size());
    headers.forEach((key, value) -> {
      writeString(key);
      writeString(value);
    });
  }

  void writePayload(Payload payload) {
    writeBody(payload);
    writeList(payload.bulk(), this::writeBulk);
  }

  /** The same where the frame says elsewhere that there is no bulk, if there is none. */
  void writeFlaggedPayload(Payload payload) {
    writeBody(payload);
    if (!payload.bulk().isEmpty()) {
      writeList(payload.bulk(), this::writeBulk);
    }
  }

  private void writeBody(Payload payload) {
    Spot spot = lane == BulkSink.NONE ? null : lane.send(payload.body());
    if (spot == null) {
      writeCompact(HERE + payload.length());
      bytes.append(payload.array(), payload.start(), payload.length());
    } else {
      writeSpot(spot);
    }
  }

  private void writeBulk(Buffer value) {
    Spot spot = lane.send(value);
    if (spot == null) {
      writeCompact(HERE + value.length());
      bytes.append(value);
    } else {
      writeSpot(spot);
    }
  }

  private void writeSpot(Spot spot) {
    if (spot instanceof Arena.Place place) {
      writeCompact(IN_ARENA);
      writeInt(place.at());
      writeInt(place.bytes());
    } else if (spot instanceof Spot.Numbered numbered) {
      writeCompact(NUMBERED);
      writeLong(numbered.number());
      writeInt(numbered.bytes());
    }
  }

  void writeFunctionName(FunctionName function) {
    int known = names.numberOf(function);
    if (known != FunctionNames.UNKEPT) {
      writeCompact(known + 1);
      return;
    }
    writeCompact(names.next() + 1);
    writeByte(function.kind().code());
    writeString(function.type());
    writeString(function.method());
    writeString(function.descriptor());
    names.add(function);
  }

  void writeRoundId(RoundId round) {
    bytes.append(round.participants().encoded());
    writeString(round.tag());
    writeLong(round.number());
  }

  void writeOperation(Operation operation) {
    writeByte(operation.kind().code());
    writeString(operation.root());
  }

  void writePortion(Portion portion) {
    writeInt(portion.refs());
    writePayload(portion.value());
  }

  void writeError(RemoteError error) {
    writeString(error.type());
    writeString(error.message());
    writeList(error.frames(), this::writeString);
    writeOptional(error.cause(), this::writeError);
    writeList(error.suppressed(), this::writeError);
  }
}
