package dev.vertxrpc.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  private static final Digits DIGITS = Digits.read(Optional.empty());

  @Test
  void gradientPointsWhereTheLossGrows() {
    double[] weights = Network.initial(1);
    Digits batch = DIGITS.batches(10, 1).get(0);
    double[] gradient = Network.gradient(weights, batch);
    double step = 1e-6;

    for (int i = 0; i < Network.WEIGHTS; i += 61) {
      double[] up = weights.clone();
      up[i] += step;
      double slope = (Network.score(up, batch).loss() - Network.score(weights, batch).loss()) / step;
      assertThat(gradient[i]).as("weight " + i).isCloseTo(slope, within(1e-4));
    }
  }

  // As the demo does it, with every trainer one round behind: the worst that taking turns allows.
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "3, 1", "3, 2", "3, 3", "3, 4", "3, 5", "12, 1", "12, 2"})
  void learnsWellEnoughWithAnyNumberOfTrainers(int trainers, long seed) {
    Digits.Split split = DIGITS.split(seed);
    ParameterServer server = new ParameterServer(Network.initial(seed), Job.RATE);

    for (int epoch = 1; epoch <= Job.EPOCHS; epoch++) {
      train(server, split.training(), trainers, seed + epoch);
    }

    assertThat(Network.score(server.weights(), split.heldOut()).accuracy()).isGreaterThanOrEqualTo(0.93);
    assertThat(server.updates()).isGreaterThan(1000);
  }

  private static void train(ParameterServer server, Digits training, int trainers, long seed) {
    List<List<Digits>> batches = new ArrayList<>();
    List<double[]> weights = new ArrayList<>();
    for (int i = 0; i < trainers; i++) {
      batches.add(training.shard(i, trainers).batches(Job.BATCH, seed));
      weights.add(server.weights());
    }
    for (int step = 0; step < batches.get(0).size(); step++) {
      for (int i = 0; i < trainers; i++) {
        if (step < batches.get(i).size()) {
          weights.set(i, server.update(Network.gradient(weights.get(i), batches.get(i).get(step))));
        }
      }
    }
  }

  @Test
  void serverRefusesAGradientOfAnotherNetwork() {
    ParameterServer server = new ParameterServer(new double[] {1, 2}, 0.1);

    assertThatThrownBy(() -> server.update(new double[3]))
        .hasMessage("found a gradient of 3 numbers, expected 2");
    assertThat(server.updates()).isZero();
  }
}
