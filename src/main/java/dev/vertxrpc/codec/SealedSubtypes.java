package dev.vertxrpc.codec;

import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.ArrayList;
import java.util.List;

/**
 * Jackson's annotations, where a sealed type with a {@code @JsonTypeInfo} of its own need not repeat in
 * {@code @JsonSubTypes} what it permits. Immutable.
 */
final class SealedSubtypes extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public List<NamedType> findSubtypes(Annotated annotated) {
    List<NamedType> stated = super.findSubtypes(annotated);
    Class<?> raw = annotated.getRawType();
    if (stated != null || raw == null || !raw.isSealed()) {
      return stated;
    }
    List<NamedType> permitted = new ArrayList<>();
    for (Class<?> subtype : raw.getPermittedSubclasses()) {
      permitted.add(new NamedType(subtype));
    }
    return permitted;
  }
}
