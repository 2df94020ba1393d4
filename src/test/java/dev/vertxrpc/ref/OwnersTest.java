package dev.vertxrpc.ref;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.TestGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OwnersTest {
  @Test
  @Tag("T095")
  void areEqualPerWorkerAndKeysOfMaps() {
    try (TestGroup group = TestGroup.local(2)) {
      List<RRef<Counter>> refs = List.of(group.rpc(0).on("w1").create(Counter::new, 1),
          group.rpc(0).on(1).create(Counter::new, 2), group.rpc(0).on("w0").create(Counter::new, 3));
      Map<WorkerInfo, Integer> counts = new HashMap<>();

      refs.forEach(ref -> counts.merge(ref.owner(), 1, Integer::sum));

      assertThat(counts).isEqualTo(Map.of(group.rpc(1).self(), 2, group.rpc(0).self(), 1));
      assertThat((Object) refs.get(0).owner()).isNotEqualTo("w1").isNotEqualTo(refs.get(2).owner());
      refs.forEach(RRef::close);
    }
  }
}
