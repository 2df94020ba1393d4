package dev.vertxrpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DamagedBodiesTest {
  private static final int BODIES = 120_000;
  /** Far above what decoding takes and a collector's pause may add, far below what hurts. */
  private static final Duration LONG = Duration.ofSeconds(2);

  /** What an exception and the long claims of a short body may take. */
  private static final long MUCH = 4 << 20;
  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  // Low enough that about half of the arrays are bulk.
  private final ValueCodec codec = Values.codec(20, 1 << 20, 200, 1_000_000);

  @Test
  void failWithCodecAndSoon() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("DamagedBodiesTest: -Dseed=" + seed);
    Random random = new Random(seed);
    RandomValues values = new RandomValues(random);
    int decoded = 0;

    for (int i = 0; i < BODIES; i++) {
      RandomValues.Declared declared = values.any();
      ValueCodec.Encoded encoded = codec.encode("result", declared.type(), declared.value().get());
      boolean bulkOnly = !encoded.bulk().isEmpty() && random.nextInt(3) == 0;
      byte[] body = bulkOnly ? encoded.body().getBytes() : damage(encoded.body().getBytes(), random);
      List<Buffer> bulk = bulkOnly || random.nextInt(20) == 0 ? damage(encoded.bulk(), random) : encoded.bulk();
      Type type = random.nextInt(4) == 0 ? values.any().type() : declared.type();
      long start = System.nanoTime();
      long reserved = MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId());
      if (decodes(body, bulk, type, new Refs(encoded.refs()), seed)) {
        decoded++;
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as(() -> hex(body)).isLessThan(LONG);
      long took = MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId()) - reserved;
      // Until then classes are loaded, and types learnt.
      if (i > BODIES / 10) {
        assertThat(took).as(() -> hex(body)).isLessThan(MUCH);
      }
    }

    // Some damage goes unseen (a digit, a letter); a test that sees only one kind tests nothing.
    assertThat(decoded).isBetween(BODIES / 100, BODIES * 9 / 10);
  }

  private boolean decodes(byte[] body, List<Buffer> bulk, Type type, Refs refs, long seed) {
    try {
      codec.decode("result", Buffer.buffer(body), bulk, type, refs);
      return true;
    } catch (RpcException expected) {
      assertThat(expected.failure()).isEqualTo(RpcFailure.CODEC);
      return false;
    } catch (Throwable other) {
      return fail("seed " + seed + ", " + type + ", " + hex(body), other);
    }
  }

  private static byte[] damage(byte[] body, Random random) {
    switch (random.nextInt(6)) {
      case 0:
        return Arrays.copyOf(body, random.nextInt(body.length + 1));
      case 1:
        byte[] noise = new byte[random.nextInt(64)];
        random.nextBytes(noise);
        return noise;
      case 2:
        return Arrays.copyOf(body, body.length + 1 + random.nextInt(3));
      case 3:
        int from = random.nextInt(body.length);
        int to = random.nextInt(body.length);
        System.arraycopy(body.clone(), from, body, to, body.length - Math.max(from, to));
        return body;
      default:
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
          // Past the tag and length of the value mostly, so that what is inside is reached too.
          int at = random.nextInt(5) == 0 ? random.nextInt(body.length) : Math.min(body.length - 1,
              10 + random.nextInt(body.length));
          body[at] = (byte) (random.nextBoolean() ? random.nextInt() : body[at] ^ 1 << random.nextInt(8));
        }
        return body;
    }
  }

  private static List<Buffer> damage(List<Buffer> bulk, Random random) {
    List<Buffer> damaged = new ArrayList<>(bulk);
    switch (random.nextInt(4)) {
      case 0 -> damaged.add(random.nextInt(damaged.size() + 1), Buffer.buffer(new byte[random.nextInt(64)]));
      case 1 -> damaged.removeIf(each -> random.nextBoolean());
      case 2 -> Collections.shuffle(damaged, random);
      default -> damaged.replaceAll(each -> each.getBuffer(0, random.nextInt(each.length() + 1)));
    }
    return damaged;
  }

  private static String hex(byte[] body) {
    return HexFormat.of().formatHex(body);
  }
}
