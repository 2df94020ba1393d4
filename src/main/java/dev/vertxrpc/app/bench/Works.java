package dev.vertxrpc.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The works there are, in the order in which they are run: each may need more workers than those before. Immutable. */
final class Works {
  private static final int MOST_BYTES = 1 << 28;
  private static final List<Work> ALL = all();

  private Works() {}

  private static List<Work> all() {
    List<Work> all = new ArrayList<>(List.of(EchoWork.ping()));
    IntStream.of(1, 4, 16, 64, 256, 512, 1024, 4096).mapToObj(EchoWork::window).forEach(all::add);
    // Four times as much each time, from 64 bytes to 256 MiB.
    IntStream.iterate(64, bytes -> bytes <= MOST_BYTES, bytes -> 4 * bytes).mapToObj(EchoWork::echo).forEach(all::add);
    all.add(new CycleWork());
    for (int workers : List.of(2, 4, 8)) {
      all.add(RoundWork.small(workers));
      all.add(RoundWork.medium(workers));
      all.add(RoundWork.large(workers));
    }
    for (int workers : List.of(32, 128)) {
      all.add(RoundWork.small(workers));
      all.add(RoundWork.medium(workers));
    }
    all.add(RoundWork.large(32));
    IntStream.of(2, 8, 32, 128).mapToObj(RoundWork::reducing).forEach(all::add);
    all.add(new MemoryWork());
    Stream.of(FailFastWork.Way.values()).map(FailFastWork::new).forEach(all::add);
    return List.copyOf(all);
  }

  /** What may be asked for; several works may have one name. */
  static List<String> names() {
    return ALL.stream().map(Work::name).distinct().toList();
  }

  /** Those that are wanted, the usual ones where none is named, in their order; without those that cannot be run so. */
  static List<Work> of(List<String> names, boolean inProcess) {
    return ALL.stream().filter(work -> names.isEmpty() ? work.isUsual() : names.contains(work.name()))
        .filter(work -> !inProcess || !work.needsProcesses()).toList();
  }
}
