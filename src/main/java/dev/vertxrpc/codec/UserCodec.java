package dev.vertxrpc.codec;

import dev.vertxrpc.RpcCodec;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A codec of the application's under its name, which may throw anything and give back anything: both are told
 * as its own doing. Thread-safe, as it must be.
 */
record UserCodec(String name, RpcCodec codec) {
  static UserCodec of(RpcCodec codec) {
    String name;
    try {
      name = Objects.requireNonNull(codec.name(), "its name is null");
    } catch (Throwable thrown) {
      throw RpcException.of(RpcFailure.CODEC, "the codec " + codec.getClass().getTypeName() + " has no name: "
          + Failures.describe(thrown)).withCause(thrown);
    }
    if (name.isBlank()) {
      throw RpcException.of(RpcFailure.CODEC, "the name of the codec " + codec.getClass().getTypeName()
          + " is blank, which stands for the built-in one; give it a name");
    }
    return new UserCodec(name, codec);
  }

  Buffer encode(Object value, DeclaredType declared) throws IOException {
    Buffer bytes;
    try {
      bytes = codec.encode(value, declared.source());
    } catch (Throwable thrown) {
      throw new IOException(this + " could not encode it: " + Failures.describe(thrown), thrown);
    }
    if (bytes == null) {
      throw new IOException(this + " encoded it as null; an empty Buffer is no bytes");
    }
    return bytes;
  }

  Object decode(ByteBuffer bytes, DeclaredType declared) throws IOException {
    // A copy: what it makes of it may keep it.
    Buffer copy = (Buffer) Elements.read(Tag.BUFFER, bytes);
    Object value;
    try {
      value = codec.decode(copy, declared.source());
    } catch (Throwable thrown) {
      throw new IOException(this + " could not decode it: " + Failures.describe(thrown), thrown);
    }
    if (value == null) {
      declared.requireNullable();
    } else if (!declared.raw().isInstance(value)) {
      throw new IOException(this + " decoded a " + value.getClass().getTypeName());
    }
    return value;
  }

  @Override
  public String toString() {
    return "the codec " + name;
  }
}
