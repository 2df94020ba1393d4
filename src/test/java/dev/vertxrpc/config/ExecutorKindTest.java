package dev.vertxrpc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExecutorKindTest {
  private static final Place AT = Place.TOP.key("executor");

  @ParameterizedTest
  @EnumSource
  void isReadAsItIsWritten(ExecutorKind kind) {
    Kind<ExecutorKind> kinds = ExecutorKind.on(21);

    assertThat(kinds.read(AT, kinds.write(kind))).isEqualTo(kind);
    assertThat(kinds.write(kind)).isEqualTo(kind.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void refusesVirtualThreadsOnAJavaThatHasNone() {
    assertThatThrownBy(() -> ExecutorKind.on(17).read(AT, "virtual"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("executor: found \"virtual\", expected \"auto\" or \"pool\", because virtual threads "
            + "need Java 21 and this is Java 17");
    assertThat(ExecutorKind.on(17).read(AT, "auto")).isEqualTo(ExecutorKind.AUTO);
  }
}
