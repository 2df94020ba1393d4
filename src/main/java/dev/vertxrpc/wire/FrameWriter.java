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
  /** Instead of a length: the bytes are in the arena, and their place follows. */
  static final int IN_ARENA = -1;
  /** Instead of a length: the bytes come by themselves, and their number and their length follow. */
  static final int NUMBERED = -2;

  private final Buffer bytes;
  private final BulkSink lane;
  /** The function name that was written last, and where: bursts repeat it. */
  private FunctionName name;
  private int nameStart;
  private int nameEnd;

  FrameWriter(Buffer bytes, BulkSink lane) {
    this.bytes = bytes;
    this.lane = lane;
  }

  void writeByte(byte value) {
    bytes.appendByte(value);
  }

  void writeBoolean(boolean value) {
    bytes.appendByte(value ? (byte) 1 : 0);
  }

  void writeInt(int value) {
    bytes.appendInt(value);
  }

  void writeLong(long value) {
    bytes.appendLong(value);
  }

  void writeString(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    bytes.appendInt(utf8.length).appendBytes(utf8);
  }

  void writeBytes(Buffer value) {
    bytes.appendInt(value.length()).appendBuffer(value);
  }

  <T> void writeList(Collection<T> items, Consumer<T> item) {
    bytes.appendInt(items.size());
    if (!items.isEmpty()) {
      items.forEach(item);
    }
  }

  <T> void writeOptional(Optional<T> value, Consumer<T> item) {
    writeBoolean(value.isPresent());
    value.ifPresent(item);
  }

  void writeRefId(RefId id) {
    bytes.appendLong(id.creator()).appendLong(id.number());
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
    bytes.appendLong(id.creator()).appendLong(id.number());
  }

  void writeFork(Fork fork) {
    writeRefId(fork.ref());
    writeForkId(fork.id());
    bytes.appendLong(fork.owner()).appendLong(fork.parent());
  }

  void writeWorker(WorkerInfo worker) {
    writeString(worker.name());
    writeInt(worker.rank());
    writeLong(worker.incarnation());
    writeList(worker.roles(), this::writeString);
  }

  void writeCallId(CallId id) {
    bytes.appendLong(id.caller()).appendLong(id.number());
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
    bytes.appendInt(headers.size());
    headers.forEach((key, value) -> {
      writeString(key);
      writeString(value);
    });
  }

  void writePayload(Payload payload) {
    writeBulk(payload.body());
    writeList(payload.bulk(), this::writeBulk);
  }

  private void writeBulk(Buffer value) {
    Spot spot = lane.send(value);
    if (spot instanceof Arena.Place place) {
      writeInt(IN_ARENA);
      writeInt(place.at());
      writeInt(place.bytes());
    } else if (spot instanceof Spot.Numbered numbered) {
      writeInt(NUMBERED);
      writeLong(numbered.number());
      writeInt(numbered.bytes());
    } else {
      writeBytes(value);
    }
  }

  void writeFunctionName(FunctionName function) {
    if (function == name) {
      bytes.appendBuffer(bytes, nameStart, nameEnd - nameStart);
      return;
    }
    name = null; // until it is written whole
    int start = bytes.length();
    writeByte(function.kind().code());
    writeString(function.type());
    writeString(function.method());
    writeString(function.descriptor());
    name = function;
    nameStart = start;
    nameEnd = bytes.length();
  }

  void writeRoundId(RoundId round) {
    writeList(round.participants(), participant -> {
      writeString(participant.name());
      writeLong(participant.incarnation());
    });
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
