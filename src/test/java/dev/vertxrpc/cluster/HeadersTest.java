package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.testing.TestGroup;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {
  @Test
  void travelWithTheirCallAndNoFurther() {
    CallOptions options = CallOptions.create().withHeader("tenant", "ada").withHeader("trace", "é\n1")
        .withHeader("tenant", "bob");
    try (TestGroup group = TestGroup.local(2)) {
      assertThat(get(group.rpc(0).on("w1").with(options).call(Functions::headers, "w0")))
          .isEqualTo("{tenant=bob, trace=é\n1} then {}");
      assertThat(get(group.rpc(0).on("w1").call(Functions::headers, ""))).isEqualTo("{}");
    }
  }

  @Test
  void areCopiedAndNeverNull() {
    CallOptions options = CallOptions.create().withHeader("a", "1");

    assertThatThrownBy(() -> options.headers().put("b", "2")).isInstanceOf(UnsupportedOperationException.class);
    assertThat(options.headers()).isEqualTo(Map.of("a", "1"));
    assertThatNullPointerException().isThrownBy(() -> options.withHeader("a", null)).withMessageContaining("header");
  }
}
