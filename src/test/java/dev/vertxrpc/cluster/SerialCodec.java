package dev.vertxrpc.cluster;

import dev.vertxrpc.RpcCodec;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Java serialization as an application might plug it in; it notes what it did. Thread-safe. */
final class SerialCodec implements RpcCodec {
  final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final String name;
  /** What it throws at the next use; null: nothing. */
  volatile Supplier<Throwable> fault;

  SerialCodec(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Buffer encode(Object value, Type type) {
    done.add("encode " + type.getTypeName());
    throwFault();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  @Override
  public Object decode(Buffer bytes, Type type) {
    done.add("decode " + type.getTypeName());
    throwFault();
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.getBytes()))) {
      return in.readObject();
    } catch (IOException | ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void throwFault() {
    Supplier<Throwable> now = fault;
    fault = null;
    if (now != null) {
      SerialCodec.<RuntimeException>sneak(now.get());
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
