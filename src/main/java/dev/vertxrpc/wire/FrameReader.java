package dev.vertxrpc.wire;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A cursor over the bytes of one batch that checks every length against what is left, so that damaged
 * bytes can neither be read past their end nor make it reserve memory. Confined to one thread.
 */
final class FrameReader {
  /** Causes of causes beyond this depth are damage, not errors. */
  private static final int MAX_ERROR_DEPTH = 32;
  /** The bytes of the smallest error: two strings and two lists, all empty, and no cause. */
  private static final int ERROR_BYTES = 4 * Integer.BYTES + 1;

  private final Bytes bytes;
  private final Heard heard;
  private final BulkSource lane;
  private int position;
  /** Of the frame that is being read; of all between two frames. */
  private int end;
  private int frameStart;

  FrameReader(Bytes bytes, int start, Heard heard, BulkSource lane) {
    this.bytes = bytes;
    this.heard = heard;
    this.lane = lane;
    this.position = start;
    this.end = bytes.length();
  }

  boolean hasMore() {
    return position < end;
  }

  /** Reads from here on in the next frame, which its length precedes. */
  void beginFrame() {
    int length = readLength(1);
    frameStart = position;
    end = position + length;
  }

  /** Goes back to where the frame begins. */
  void beginAgain() {
    position = frameStart;
  }

  /** Goes on behind the frame. */
  void endFrame() {
    position = end;
    end = bytes.length();
  }

  byte readByte() {
    return bytes.getByte(advance(1));
  }

  boolean readBoolean() {
    return readByte() != 0;
  }

  int readInt() {
    return bytes.getInt(advance(Integer.BYTES));
  }

  long readLong() {
    return bytes.getLong(advance(Long.BYTES));
  }

  /** A number that {@link FrameWriter#writeCompact} has written. */
  long readCompact() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = readByte();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedFrameException("a number that does not end within 10 bytes");
  }

  /** The time that a call has left; below zero: no deadline. */
  long readRemaining() {
    return readCompact() - 1;
  }

  String readString() {
    int length = readLength(1);
    if (length == 0) {
      return "";
    }
    return bytes.getString(advance(length), length);
  }

  /** The next length-prefixed bytes; where there are many they share, and so keep, the whole batch. */
  Buffer readBytes() {
    int length = readLength(1);
    return bytes.part(advance(length), length);
  }

  /** A length or count of things of at least {@code unit} bytes each. */
  int readLength(int unit) {
    int length = readInt();
    requireThere((long) length * unit, length);
    return length;
  }

  private void requireThere(long count, long length) {
    if (count < 0 || count > end - position) {
      throw new MalformedFrameException("length " + length + " of which only " + (end - position)
          + " bytes are there");
    }
  }

  <T> List<T> readList(int unit, Supplier<T> item) {
    int count = readLength(unit);
    if (count == 0) {
      return List.of();
    }
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(item.get());
    }
    return items;
  }

  <T> Optional<T> readOptional(Supplier<T> item) {
    return readBoolean() ? Optional.of(item.get()) : Optional.empty();
  }

  RefId readRefId() {
    return new RefId(readLong(), readLong());
  }

  Secret readSecret() {
    return new Secret(readLong(), readLong());
  }

  Tally readTally() {
    return new Tally(readLong(), readLong());
  }

  ForkId readForkId() {
    return new ForkId(readLong(), readLong());
  }

  Fork readFork() {
    return new Fork(readRefId(), readForkId(), readLong(), readLong());
  }

  WorkerInfo readWorker() {
    String name = readString();
    int rank = readInt();
    long incarnation = readLong();
    Set<String> roles = new HashSet<>(readList(Integer.BYTES, this::readString));
    return new WorkerInfo(name, rank, incarnation, roles);
  }

  CallId readCallId() {
    return new CallId(readLong(), readCompact());
  }

  ObjectId readObjectId() {
    byte code = readByte();
    return switch (code) {
      case FrameWriter.REF -> readRefId();
      case FrameWriter.SERVICE -> new ServiceId(readString(), readString());
      default -> throw new MalformedFrameException("object kind " + code);
    };
  }

  /** Most calls bring none. */
  Map<String, String> readHeaders() {
    int count = readLength(2 * Integer.BYTES);
    if (count == 0) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      headers.put(readString(), readString());
    }
    return Collections.unmodifiableMap(headers);
  }

  /** A payload that may be kept. */
  Payload readPayload() {
    return readLentPayload().kept();
  }

  /** A payload whose bulk may be lent, until the frame has been delivered. */
  Payload readLentPayload() {
    return readLentPayload(true);
  }

  /** The same where the frame has said elsewhere whether there {@code isBulk}. */
  Payload readLentPayload(boolean isBulk) {
    long kind = readCompact();
    if (kind >= FrameWriter.HERE) {
      int length = length(kind);
      int start = advance(length);
      List<Arriving.Part> bulk = isBulk ? readList(1, this::readPart) : List.of();
      return bulk.isEmpty() ? bytes.payload(start, length)
          : payload(new Arriving.Part(bytes.part(start, length), false, null), bulk);
    }
    Arriving.Part body = readPart(kind);
    return payload(body, isBulk ? readList(1, this::readPart) : List.of());
  }

  private Payload payload(Arriving.Part body, List<Arriving.Part> bulk) {
    // Codecs of the application get the body, and may keep it.
    Arriving.Part keptBody = body.kept();
    if (body.coming() == null && bulk.stream().allMatch(part -> part.coming() == null)) {
      List<Buffer> there = bulk.stream().map(Arriving.Part::there).toList();
      // What a worker of the same Vert.x instance shares is nowhere that its sender would write again.
      Loan loan = bulk.stream().anyMatch(Arriving.Part::lent) ? lane.loan() : null;
      return loan == null ? new Payload(keptBody.there(), there) : Payload.lent(keptBody.there(), there, loan);
    }
    return Payload.awaited(new Arriving(keptBody, bulk.stream().map(Arriving.Part::kept).toList()));
  }

  private Arriving.Part readPart() {
    return readPart(readCompact());
  }

  private Arriving.Part readPart(long kind) {
    if (kind == FrameWriter.IN_ARENA) {
      return new Arriving.Part(lane.read(readInt(), readInt()), true, null);
    }
    if (kind == FrameWriter.NUMBERED) {
      return new Arriving.Part(null, false, lane.expect(readLong(), readInt()));
    }
    int length = length(kind);
    return new Arriving.Part(bytes.part(advance(length), length), false, null);
  }

  private int length(long kind) {
    long length = kind - FrameWriter.HERE;
    requireThere(length, length);
    return (int) length;
  }

  FunctionName readFunctionName() {
    FunctionNames names = heard.functions();
    long number = readCompact() - 1;
    if (number != FunctionNames.UNKEPT && number != names.next()) {
      return names.at(number);
    }
    FunctionName name = readNewName();
    if (number != FunctionNames.UNKEPT) {
      names.add(name);
    }
    return name;
  }

  private FunctionName readNewName() {
    byte code = readByte();
    FunctionName.Kind kind = FunctionName.Kind.ofCode(code)
        .orElseThrow(() -> new MalformedFrameException("function kind " + code));
    return new FunctionName(kind, readString(), readString(), readString());
  }

  RoundId readRoundId() {
    return new RoundId(readParticipants(), readString(), readLong());
  }

  private Participants readParticipants() {
    Participants known = heard.participants().find(bytes, position);
    if (known != null) {
      advance(known.encoded().length);
      return known;
    }
    int from = position;
    List<RoundId.Participant> sorted = readList(Integer.BYTES + Long.BYTES,
        () -> new RoundId.Participant(readString(), readLong()));
    return heard.participants().the(Participants.read(sorted, bytes.copy(from, position - from)));
  }

  Operation readOperation() {
    byte code = readByte();
    return new Operation(Operation.Kind.ofCode(code)
        .orElseThrow(() -> new MalformedFrameException("operation " + code)), readString());
  }

  /** A value that may be kept. */
  Portion readPortion() {
    return new Portion(readRefs(), readPayload());
  }

  /** A value whose bulk may be lent, until the frame has been delivered. */
  Portion readLentPortion() {
    return new Portion(readRefs(), readLentPayload());
  }

  private int readRefs() {
    int refs = readInt();
    if (refs < 0) {
      throw new MalformedFrameException(refs + " references in a value");
    }
    return refs;
  }

  RemoteError readError() {
    return readError(0);
  }

  private RemoteError readError(int depth) {
    if (depth > MAX_ERROR_DEPTH) {
      throw new MalformedFrameException("an error nested more than " + MAX_ERROR_DEPTH + " deep");
    }
    return new RemoteError(readString(), readString(), readList(Integer.BYTES, this::readString),
        readOptional(() -> readError(depth + 1)), readList(ERROR_BYTES, () -> readError(depth + 1)));
  }

  private int advance(int length) {
    if (length > end - position) {
      throw new MalformedFrameException(length + " bytes wanted, " + (end - position) + " are there");
    }
    int start = position;
    position += length;
    return start;
  }
}
