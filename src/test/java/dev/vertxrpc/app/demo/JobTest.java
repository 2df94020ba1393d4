package dev.vertxrpc.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.config.ConfigException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobTest {
  @Test
  void isTheSameAfterItsWayThroughJson() {
    Job job = new Job(5, -7, 16, 0.1, Optional.of(Path.of("/tmp/x.csv.gz")));

    assertThat(Job.from(new JsonObject(job.toJson().encode()))).isEqualTo(job);
  }

  @Test
  void hasADefaultForEveryKey() {
    assertThat(Job.from(new JsonObject())).isEqualTo(new Job(20, 1, 8, 0.03, Optional.empty()));
  }

  @Test
  void namesAValueThatCannotBeUsed() {
    refuses("{\"epochs\": 0}",
        "epochs: found 0, expected a whole number from 1 to 100000");
    refuses("{\"epochs\": 1.5}",
        "epochs: found 1.5, expected a whole number from 1 to 100000");
    refuses("{\"rate\": \"x\"}",
        "rate: found \"x\", expected a number from 1.0E-9 to 1000.0");
    refuses("{\"data\": 3}",
        "data: found 3, expected a path");
  }

  @Test
  void refusesAKeyThatNobodyReads() {
    refuses("{\"rpc\": {}, \"epoch\": 3}",
        "epoch: found an unknown key, expected one of epochs, seed, batch, rate, data, rpc");
  }

  private static void refuses(String config, String message) {
    assertThatThrownBy(() -> Job.from(new JsonObject(config)))
        .isInstanceOf(ConfigException.class).hasMessage(message);
  }
}
