package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.call.ArgumentGate.Arrival;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.TestGroup;
import dev.vertxrpc.wire.Fork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** References that arrive otherwise than they should. */
class ArrivalTest {
  @Test
  void aForkThatComesTwiceIsOneHandleAndAFailure() {
    try (TestGroup group = TestGroup.local(2)) {
      RRef<Counter> mine = group.rpc(0).own(new Counter(1));
      RRef<Counter> theirs = group.rpc(1).own(new Counter(2));
      Refs owner = ((Reference<?>) mine).handle().refs();
      Refs holder = ((Reference<?>) theirs).handle().refs();
      List<Fork> forks = owner.handOut(List.of(mine), holder.self());
      owner.arrived(forks);

      Arrival first = holder.admit(forks, owner.self());
      Arrival second = holder.admit(forks, owner.self());

      get(first.confirmed());
      assertThat(RpcFailure.of(failure(second.confirmed()))).isEqualTo(RpcFailure.PROTOCOL);
      second.discard();
      assertThat(get(first.decode(0, Counter.class).type())).isEqualTo(Counter.class.getName());
      assertThat(group.figure(1, "users")).isEqualTo(1);
      first.discard();
      mine.close();
      theirs.close();
    }
  }
}
