package dev.vertxrpc;

import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;

/**
 * Turns values into bytes and back, in place of the built-in codec. Nulls and RRefs do not get here: those are
 * the toolkit's own, where they are argument or result themselves; an RRef inside a value cannot travel through it.
 * A codec must be thread-safe; what it throws fails the call with CODEC.
 */
public interface RpcCodec {
  /** What callers and callees know it by: the callee decodes, and encodes the result, with its codec of this name. */
  String name();

  /** The bytes of {@code value}, which is declared as {@code type}; they share nothing with the value. */
  Buffer encode(Object value, Type type);

  /** The value of {@code bytes}, to be used as {@code type}. */
  Object decode(Buffer bytes, Type type);
}
