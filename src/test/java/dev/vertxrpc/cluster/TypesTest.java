package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Fn1;
import dev.vertxrpc.Fn6;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.cluster.Types.Bean;
import dev.vertxrpc.cluster.Types.Circle;
import dev.vertxrpc.cluster.Types.Line;
import dev.vertxrpc.cluster.Types.Options;
import dev.vertxrpc.cluster.Types.Price;
import dev.vertxrpc.cluster.Types.Primitives;
import dev.vertxrpc.cluster.Types.Square;
import dev.vertxrpc.cluster.Types.Times;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every kind of type there and back, below and above the threshold of bulk. */
class TypesTest {
  private static final Line LINE = new Line("pen", 3, Price.FIXED, new BigDecimal("1.50"), Optional.of("blue"));

  private final TestGroup group = TestGroup.local(2, new JsonObject().put("bulkThresholdBytes", 16));
  private final RemoteWorker w1 = group.rpc(0).on("w1");

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  void bringsBackObjects() {
    Bean bean = new Bean();
    bean.setName("order");
    bean.setLines(List.of(LINE));

    assertBack(Types::line, LINE);
    assertBack(Types::line, null);
    assertBack(Types::bean, bean);
    assertBack(Types::price, Price.FREE);
    assertBack(Types::options, new Options(80));
    assertBack(Types::shapes, List.of(new Circle(1), new Square(2)));
    assertBack(Types::worker, group.rpc(1).self());
  }

  @Test
  void bringsBackGenerics() {
    assertBack(Types::maps, Arrays.asList(Map.of("short", new double[1], "long", new double[100]), null));
    assertBack(Types::optional, Optional.of(LINE));
    assertBack(Types::optional, Optional.empty());
  }

  @Test
  void bringsBackTimesAndNumbers() {
    assertBack(Types::times, new Times(Instant.MAX, Duration.ofNanos(-1), LocalDate.MIN,
        OffsetDateTime.parse("2024-01-01T00:00+05:30"), ZonedDateTime.parse("2024-10-27T02:30+01:00[Europe/Paris]")));
    assertBack(Types::decimal, new BigDecimal("-0.00"));
    assertBack(Types::primitives, new Primitives(true, (byte) -1, (short) 2, 'x', Integer.MIN_VALUE, Long.MAX_VALUE,
        -0f, Double.MIN_VALUE));
    Fn6<Boolean, Byte, Short, Character, Long, Float, String> all = Types::all;
    assertThat(get(w1.call(all, true, (byte) 1, (short) 2, 'c', 3L, 4f))).isEqualTo("true 1 2 c 3 4.0");
  }

  @Test
  void bringsBackArraysBuffersAndJson() {
    assertBack(Types::nested, new double[][][] {{{1}, new double[10]}, {}, null});
    for (int size : new int[] {0, 1, 100, 100_000}) {
      assertBack(Types::buffer, Buffer.buffer(new byte[size]));
      assertBack(Types::byteBuffer, ByteBuffer.allocateDirect(size));
      assertBack(Types::json, new JsonObject().put("bytes", new byte[size]).put("text", "x")
          .put("list", new JsonArray().add(1).add(Buffer.buffer(new byte[size])).addNull()));
      assertBack(Types::jsonArray, new JsonArray().add(new JsonObject().put("bytes", new byte[size])).add(1.5));
    }
  }

  private <T> void assertBack(Fn1<T, T> function, T sent) {
    T back = get(w1.call(function, sent));
    if (sent == null) {
      assertThat(back).isNull();
    } else {
      // JSON and buffers know best themselves what is equal; records and maps may hold arrays.
      assertThat(back.equals(sent) || same(back, sent)).as("%s for %s", back, sent).isTrue();
    }
  }

  private static boolean same(Object back, Object sent) {
    assertThat(back).usingRecursiveComparison().isEqualTo(sent);
    return true;
  }
}
