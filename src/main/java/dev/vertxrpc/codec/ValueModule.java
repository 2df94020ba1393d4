package dev.vertxrpc.codec;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;

/**
 * What this toolkit adds to Jackson: its writers, its readers, also of keys, and a message of its own for
 * objects without properties. Immutable.
 */
final class ValueModule extends Module {
  @Override
  public String getModuleName() {
    return "vertx-rpc";
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void setupModule(SetupContext context) {
    context.addSerializers(new ValueSerializers());
    context.addDeserializers(new ValueDeserializers());
    context.addKeyDeserializers(new KeyReaders());
    context.addBeanSerializerModifier(new EmptyRefusal());
  }

  private static final class EmptyRefusal extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonSerializer<?> modifySerializer(SerializationConfig config, BeanDescription bean,
                                              JsonSerializer<?> serializer) {
      return serializer instanceof UnknownSerializer
          ? ValueSerializers.refuse(Refusals.message(bean.getBeanClass())
              + "; it has no properties that could be read back")
          : serializer;
    }
  }
}
