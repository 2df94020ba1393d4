package dev.vertxrpc.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Says which classes the wire may name where a user asks for {@code @JsonTypeInfo} by class: those that
 * a sealed type permits, a final class itself, and none elsewhere. No class is loaded before it was
 * found among them.
 * Immutable.
 */
final class SealedClassNames extends PolymorphicTypeValidator.Base {
  private static final long serialVersionUID = 1L;

  @Override
  public Validity validateBaseType(MapperConfig<?> config, JavaType base) {
    if (!base.getRawClass().isSealed() && !base.isFinal()) {
      throw new IllegalArgumentException("@JsonTypeInfo of " + base.getRawClass().getTypeName()
          + " lets the wire name any class: use Id.NAME with @JsonSubTypes, or seal the type");
    }
    return Validity.INDETERMINATE;
  }

  @Override
  public Validity validateSubClassName(MapperConfig<?> config, JavaType base, String name) {
    Class<?> raw = base.getRawClass();
    return raw.getName().equals(name) || raw.isSealed() && permits(raw, name)
        ? Validity.ALLOWED : Validity.DENIED;
  }

  private static boolean permits(Class<?> sealed, String name) {
    for (Class<?> subtype : sealed.getPermittedSubclasses()) {
      if (subtype.getName().equals(name) || subtype.isSealed() && permits(subtype, name)) {
        return true;
      }
    }
    return false;
  }
}
