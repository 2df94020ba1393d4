package dev.vertxrpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.CodecLimits;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.testing.ManualClock;
import dev.vertxrpc.wire.Frame;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept of a call whose result its callee keeps. */
class CreationTest {
  private static final WorkerInfo PEER = new WorkerInfo("w1", 1, 11, Set.of());
  private static final ValueCodec CODEC = new ValueCodec(new CodecLimits(1_000, 1_000, 10, 1_000));

  private final Activity activity = new Activity();
  private final Traffic.Load load = new Traffic(1, 1_000).with(PEER);

  @Test
  void keepsWhatItSendsUntilThatHasComeAndCountsItOnce() {
    PendingCall call = new PendingCall(null, 1, PEER, "f", String.class, CODEC, Promise.promise(),
        new Terms(new ManualClock(), 0, Deadline.NONE, Optional.empty(), null)).sends(new Frame.Cancel(1));
    assertThat(load.admit(call.bytes())).isNull();
    call.counts(load);
    activity.begin();
    Creation creation = new Creation(null, call, activity);
    assertThat(call.frame()).isNotNull();
    assertThat(load.admit(0)).isNotNull();

    creation.settled();
    creation.settled();
    creation.acknowledged();

    assertThat(call.frame()).isNull();
    assertThat(activity.running()).isZero();
    assertThat(load.admit(0)).isNull();
  }
}
