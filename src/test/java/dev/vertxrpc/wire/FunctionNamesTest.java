package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FunctionNamesTest {
  private static final FunctionName ADD = name("add", "(II)I");
  private static final FunctionName ADD_LONGS = name("add", "(JJ)J");
  private static final FunctionName LONGER = name("add", "(II)ILonger");

  private final FunctionNames said = new FunctionNames();
  private final FunctionNames heard = new FunctionNames();

  @Test
  void saysANameOnce() {
    Batch first = batch(said, List.of(ADD, ADD_LONGS, ADD));
    Batch second = batch(said, List.of(ADD_LONGS, name("add", "(II)I")));

    assertThat(read(first, 0)).containsExactly(ADD, ADD_LONGS, ADD);
    List<FunctionName> again = read(second, 0);
    assertThat(again).containsExactly(ADD_LONGS, ADD);
    assertThat(again.get(1)).as("the object that was read first").isSameAs(heard.at(0));
    assertThat(second.length()).isLessThan(first.length() - ADD.type().length());
  }

  @Test
  void knowsTheNamesOfFramesThatCameBefore() {
    Batch batch = batch(said, List.of(ADD, LONGER, ADD, LONGER));
    Batch begun = batch(new FunctionNames(), List.of(ADD, LONGER));

    assertThat(read(begun, 0)).containsExactly(ADD, LONGER);
    assertThat(read(batch, 2)).containsExactly(ADD, LONGER);
  }

  @Test
  void saysInFullWhatABatchOfItsOwnBrings() {
    read(batch(said, List.of(ADD)), 0);

    assertThat(read(batch(FunctionNames.NONE, List.of(LONGER, LONGER)), 0)).containsExactly(LONGER, LONGER);

    assertThat(read(batch(said, List.of(ADD_LONGS, ADD)), 0)).containsExactly(ADD_LONGS, ADD);
  }

  @Test
  void saysInFullWhatNobodyHasRoomFor() {
    List<FunctionName> many = IntStream.range(0, 5_000).mapToObj(i -> name("f" + i, "()V")).toList();

    assertThat(read(batch(said, many), 0)).isEqualTo(many);
    assertThat(read(batch(said, many), 0)).isEqualTo(many);
    assertThat(heard.next()).isEqualTo(FunctionNames.UNKEPT);
  }

  @Test
  void refusesANumberThatNamesNothing() {
    List<String> damage = new ArrayList<>();
    read(batch(said, List.of(ADD, LONGER)), 0);

    batch(said, List.of(LONGER)).forEach(0, new Heard(new FunctionNames()), BulkSource.NONE,
        frame -> fail(frame.toString()), (reason, forks) -> damage.add(reason));

    assertThat(damage).containsExactly("function 1, and only 0 were named");
  }

  private List<FunctionName> read(Batch batch, int known) {
    List<FunctionName> names = new ArrayList<>();
    batch.forEach(known, new Heard(heard), BulkSource.NONE,
        frame -> names.add(((Frame.Call) frame).function()), (reason, forks) -> fail(reason));
    return names;
  }

  private static Batch batch(FunctionNames said, List<FunctionName> names) {
    Batch batch = Batch.from(1, 1, 0, said, new byte[8]);
    names.forEach(name -> batch.add(new Frame.Call(1, Optional.empty(), 0, name, Optional.empty(), Optional.empty(),
        Map.of(), "", List.of(), Payload.of(Buffer.buffer("body")))));
    return batch;
  }

  private static FunctionName name(String method, String descriptor) {
    return new FunctionName(FunctionName.Kind.STATIC, "com.acme.Ops", method, descriptor);
  }
}
