package dev.vertxrpc.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildTest {
  @Test
  void readsOnAfterALineThatItsConsumerCannotTake() throws Exception {
    List<String> taken = new CopyOnWriteArrayList<>();
    List<String> command = List.of("sh", "-c", "echo bad; echo good; echo bad >&2; echo fine >&2");

    Child child = Child.start("child", command, line -> take(line, taken), line -> take(line, taken));

    assertThat(child.ended().get(10, TimeUnit.SECONDS).failure()).isEmpty();
    assertThat(taken).containsExactlyInAnyOrder("good", "fine");
  }

  private static void take(String line, List<String> taken) {
    if (line.equals("bad")) {
      throw new IllegalStateException("cannot take " + line);
    }
    taken.add(line);
  }
}
