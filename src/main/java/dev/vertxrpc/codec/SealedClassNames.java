package dev.vertxrpc.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Says which classes the wire may name where a user asks for {@code @JsonTypeInfo} by class: those that
 * a sealed type permits, and none elsewhere. No class is loaded before it was found among them.
 * Immutable.
 */
final class SealedClassNames extends PolymorphicTypeValidator.Base {
  private static final long serialVersionUID = 1L;

  @Override
  public Validity validateBaseType(MapperConfig<?> config, JavaType base) {
    return base.getRawClass().isSealed() ? Validity.INDETERMINATE : Validity.DENIED;
  }

  @Override
  public Validity validateSubClassName(MapperConfig<?> config, JavaType base, String name) {
    return permits(base.getRawClass(), name) ? Validity.ALLOWED : Validity.DENIED;
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
