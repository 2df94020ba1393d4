package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.testing.TestGroup;
import org.junit.jupiter.api.Test;

class ClusteredCallTest {
  @Test
  void twoMembersOfACluster() {
    try (TestGroup group = TestGroup.clustered(2)) {
      assertThat(get(group.rpc(0).on("w1").call(Ops::greet, "ada"))).isEqualTo("hello ada from w1");
      try (RRef<Counter> counter = group.rpc(0).on("w1").create(Counter::new, 5)) {
        assertThat(get(group.rpc(0).on("w0").call(Ops::bump, counter, 3))).isEqualTo(8);
        assertThat(get(group.rpc(0).on("w1").call(Ops::bump, counter, 3))).isEqualTo(11);
      }
    }
  }
}
