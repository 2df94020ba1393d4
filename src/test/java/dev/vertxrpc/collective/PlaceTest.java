package dev.vertxrpc.collective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where values are combined on their way to the leader. */
class PlaceTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 13, 64, 128})
  void onlyNeighboursAreCombinedAndNobodyIsLeftOut(int count) {
    List<Place> places = IntStream.range(0, count).mapToObj(at -> Place.of(at, count)).toList();

    List<Place> tops = places.stream().filter(place -> place.parent() == Place.NOBODY).toList();
    assertThat(tops).hasSize(1);
    assertThat(combined(places, tops.get(0))).isEqualTo(IntStream.range(0, count).boxed().toList());
  }

  private static List<Integer> combined(List<Place> places, Place place) {
    List<Integer> all = new ArrayList<>();
    if (place.left() != Place.NOBODY) {
      assertThat(places.get(place.left()).parent()).isEqualTo(place.at());
      all.addAll(combined(places, places.get(place.left())));
    }
    all.add(place.at());
    if (place.right() != Place.NOBODY) {
      assertThat(places.get(place.right()).parent()).isEqualTo(place.at());
      all.addAll(combined(places, places.get(place.right())));
    }
    assertThat(place.first()).isEqualTo(all.get(0));
    assertThat(place.last()).isEqualTo(all.get(all.size() - 1));
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 128})
  void thereAreFewStepsToTheTop(int count) {
    for (int at = 0; at < count; at++) {
      int steps = 0;
      for (int up = Place.of(at, count).parent(); up != Place.NOBODY; up = Place.of(up, count).parent()) {
        steps++;
      }
      assertThat(1 << steps).isLessThanOrEqualTo(count);
    }
  }
}
