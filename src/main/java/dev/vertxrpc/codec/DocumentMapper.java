package dev.vertxrpc.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.UUID;

/**
 * Jackson as this toolkit sets it up: strict, exact, and closed to classes that the wire names.
 * Thread-safe.
 */
final class DocumentMapper extends SmileMapper {
  private static final long serialVersionUID = 1L;

  private DocumentMapper(SmileFactory factory) {
    super(factory);
  }

  static DocumentMapper create(CodecLimits limits) {
    DocumentMapper mapper = new DocumentMapper(factory(limits));
    new Builder(mapper)
        .annotationIntrospector(new SealedSubtypes())
        .polymorphicTypeValidator(new SealedClassNames())
        // A computed getter has nothing to be read back into.
        .enable(MapperFeature.REQUIRE_SETTERS_FOR_GETTERS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
            SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
            DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        // Jackson's own binary form of a UUID has no tag; every binary of ours has one.
        .withConfigOverride(UUID.class,
            uuid -> uuid.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule().disable(JavaTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID))
        .addModule(new ValueModule())
        .build();
    return mapper;
  }

  private static SmileFactory factory(CodecLimits limits) {
    return SmileFactory.builder()
        // Map keys are data: interning them would fill the JVM's table with them.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(SmileGenerator.Feature.ENCODE_BINARY_AS_7BIT)
        .streamReadConstraints(DocumentLimits.reading(limits))
        .streamWriteConstraints(DocumentLimits.writing(limits))
        .build();
  }

  /** Refuses a type that could be written but never read, so that the caller hears of it at home. */
  void requireReadable(JavaType type) throws IOException {
    JsonDeserializer<Object> reader =
        createDeserializationContext(null, getDeserializationConfig()).findRootValueDeserializer(type);
    if (reader instanceof AbstractDeserializer) {
      throw JsonMappingException.from(getDeserializationContext(), type.toCanonical()
          + " is abstract: declare a concrete type, or annotate it with @JsonTypeInfo and @JsonSubTypes");
    }
  }
}
