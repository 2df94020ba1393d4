package dev.vertxrpc.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.vertxrpc.RemoteObject;
import java.io.IOException;
import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;

/**
 * A declared type and what is worth knowing of it only once. Reader and writer are made when first
 * needed, perhaps twice. Thread-safe.
 */
final class DeclaredType {
  private final Type source;
  private final JavaType type;
  private final Class<?> raw;
  private final Type refValueType;
  private volatile ObjectReader reader;
  private volatile ObjectWriter writer;

  DeclaredType(Type source, JavaType type) {
    this.source = source;
    this.type = type;
    raw = MethodType.methodType(type.getRawClass()).wrap().returnType();
    refValueType = refValueType(type);
  }

  /** The T of a declared {@code RRef<T>}: a plain Class where it says it all. */
  static Type refValueType(JavaType declared) {
    JavaType[] values = declared.findTypeParameters(RemoteObject.class);
    if (values == null || values.length == 0) {
      return Object.class;
    }
    return values[0].hasGenericTypes() ? values[0] : values[0].getRawClass();
  }

  /** The type as it was declared. */
  Type source() {
    return source;
  }

  /** The class that every value is an instance of; boxed. */
  Class<?> raw() {
    return raw;
  }

  Type refValueType() {
    return refValueType;
  }

  /** Whether what {@code tag} decodes to is a value of this type. */
  boolean takes(Tag tag) {
    return raw.isAssignableFrom(tag.type());
  }

  /** Whether anything fits, so that the declaration says nothing about how to decode. */
  boolean isOpen() {
    return raw == Object.class || raw == Serializable.class;
  }

  void requireNullable() throws IOException {
    if (type.isPrimitive() && raw != Void.class) {
      throw new IOException("null is no " + type.getRawClass() + "; declare " + raw.getSimpleName());
    }
  }

  ObjectWriter writer(DocumentMapper mapper) throws IOException {
    ObjectWriter made = writer;
    if (made == null) {
      mapper.requireReadable(type);
      made = mapper.writerFor(type);
      writer = made;
    }
    return made;
  }

  ObjectReader reader(DocumentMapper mapper) {
    ObjectReader made = reader;
    if (made == null) {
      made = mapper.readerFor(type);
      reader = made;
    }
    return made;
  }
}
