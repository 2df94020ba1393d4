package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NameInBatchTest {
  private static final FunctionName ADD = name("add", "(II)I");
  private static final FunctionName ADD_LONGS = name("add", "(JJ)J");
  private static final FunctionName LONGER = name("add", "(II)ILonger");

  @Test
  void readsEachNameAsItWasWritten() {
    List<FunctionName> written = List.of(ADD, ADD, ADD_LONGS, ADD, LONGER, LONGER, ADD);

    List<FunctionName> read = names(batch(written).bytes());

    assertThat(read).isEqualTo(written);
    assertThat(read.get(1)).as("the same bytes are the same object").isSameAs(read.get(0));
    assertThat(read.get(5)).isSameAs(read.get(4));
  }

  @Test
  void readsNamesOfABatchThatHasGrown() {
    List<FunctionName> written = IntStream.range(0, 2_000).mapToObj(i -> i % 3 == 0 ? LONGER : ADD).toList();

    assertThat(names(batch(written).bytes())).isEqualTo(written);
  }

  @Test
  void readsNoNamePastTheEndOfItsFrame() {
    Buffer bytes = batch(List.of(ADD, ADD)).bytes();
    int second = bytes.length() - (bytes.length() - Batch.HEADER_BYTES) / 2;
    Buffer cut = bytes.getBuffer(0, bytes.length() - 80);
    cut.setInt(second, cut.length() - second - Integer.BYTES);
    List<String> damage = new ArrayList<>();

    List<FunctionName> read = new ArrayList<>();
    new Batch(cut).forEach(frame -> read.add(((Frame.Call) frame).function()), (reason, forks) -> damage.add(reason));

    assertThat(read).containsExactly(ADD);
    assertThat(damage).hasSize(1);
  }

  private static Batch batch(List<FunctionName> names) {
    Batch batch = Batch.from(1, 1, 0);
    names.forEach(name -> batch.add(new Frame.Call(1, new CallId(1, 1), 0, name, Optional.empty(), Optional.empty(),
        Map.of(), "", List.of(), Payload.of(Buffer.buffer("body")))));
    return batch;
  }

  private static List<FunctionName> names(Buffer bytes) {
    List<FunctionName> names = new ArrayList<>();
    new Batch(bytes).forEach(frame -> names.add(((Frame.Call) frame).function()), (reason, forks) -> {
      throw new AssertionError(reason);
    });
    return names;
  }

  private static FunctionName name(String method, String descriptor) {
    return new FunctionName(FunctionName.Kind.STATIC, "com.acme.Ops", method, descriptor);
  }
}
