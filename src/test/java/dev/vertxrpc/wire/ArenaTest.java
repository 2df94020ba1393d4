package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ArenaTest {
  private static final int BYTES = 1024 * 1024;

  @TempDir
  Path directory;
  private final Budget budget = new Budget();
  private ArenaFiles files;
  private Arena arena;
  private LentArena lent;

  @BeforeEach
  void open() throws IOException {
    files = new ArenaFiles(directory);
    budget.atLeast(2 * BYTES);
    arena = Arena.create(files, budget, BYTES);
    lent = LentArena.open(files, arena.offer());
  }

  @AfterEach
  void close() {
    arena.close();
    assertThat(budget.used()).isZero();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void holdsWhatIsPutThereUntilThePeerHasTakenIt() {
    Buffer room = arena.claim(10);
    fill(room, 7);

    Arena.Place place = arena.send(room);

    assertThat(lent.read(place.at(), place.bytes())).isEqualTo(bytes(10, 7));
    assertThat(arena.used()).isEqualTo(10);
    lent.giveBack();
    assertThat(arena.used()).isZero();
  }

  @Test
  void copiesWhatLiesElsewhere() {
    Arena.Place place = arena.send(bytes(1000, 3));

    assertThat(lent.read(place.at(), place.bytes())).isEqualTo(bytes(1000, 3));
  }

  @Test
  void hasNoRoomWhenItIsFull() {
    Buffer most = arena.claim(BYTES - 2 * ArenaLayout.HEAD_BYTES);

    assertThat(arena.claim(2 * ArenaLayout.HEAD_BYTES)).isNull();
    assertThat(arena.send(bytes(2 * ArenaLayout.HEAD_BYTES, 1))).isNull();

    arena.giveBack(most);
    assertThat(arena.claim(BYTES - 2 * ArenaLayout.HEAD_BYTES)).isNotNull();
  }

  @Test
  void hasNoRoomWhereTheOthersOfItsNodeHaveTakenAll() throws IOException {
    Arena other = Arena.create(files, budget, 2 * BYTES);
    Buffer most = other.claim(3 * BYTES / 2);

    assertThat(arena.claim(3 * BYTES / 4)).isNull();
    assertThat(arena.claim(BYTES / 4)).isNotNull();

    other.giveBack(most);
    other.trim();
    assertThat(arena.claim(BYTES / 2)).isNotNull();
    other.close();
  }

  @Test
  void takesBackWhatIsNotSent() {
    Buffer room = arena.claim(100_000);
    arena.giveBack(room);
    arena.giveBack(room);
    Arena.Place place = arena.send(bytes(5, 1));
    arena.unsend(place);

    assertThat(arena.used()).isZero();
    arena.giveBack(bytes(5, 1));
  }

  @Test
  void givesMemoryBackWhenNothingIsInIt() throws IOException {
    Path file = directory.resolve(arena.offer().name());
    Arena.Place place = arena.send(bytes(500_000, 1));
    assertThat(arena.trim()).isTrue();
    lent.read(place.at(), place.bytes());
    lent.giveBack();

    assertThat(arena.trim()).isFalse();

    assertThat(Files.size(file)).isEqualTo(ArenaLayout.HEAD_BYTES);
    Arena.Place again = arena.send(bytes(600_000, 2));
    assertThat(lent.read(again.at(), again.bytes())).isEqualTo(bytes(600_000, 2));
  }

  @Test
  void isItsUsersOnly() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(arena.offer().name()))))
        .isEqualTo("rw-------");
  }

  @Test
  void staysWithBothSidesWhenItsNameIsGone() {
    arena.hide();

    Arena.Place place = arena.send(bytes(70_000, 9));

    assertThat(directory).isEmptyDirectory();
    assertThat(lent.read(place.at(), place.bytes())).isEqualTo(bytes(70_000, 9));
  }

  @Test
  void isRefusedWhereItIsNotTheOneThatWasOffered() throws IOException {
    Frame.Offer offer = arena.offer();
    Frame.Offer guessed = new Frame.Offer(offer.name(), offer.secretHigh(), offer.secretLow() + 1, offer.size());
    Frame.Offer larger = new Frame.Offer(offer.name(), offer.secretHigh(), offer.secretLow(), 2 * BYTES);

    for (Frame.Offer wrong : new Frame.Offer[] {guessed, larger}) {
      assertThatThrownBy(() -> LentArena.open(files, wrong)).isInstanceOf(IOException.class)
          .hasMessageContaining("is not the one that was offered");
    }
    Path link = Files.createSymbolicLink(directory.resolve("vertx-rpc-0000000000000000-0000000000000000.lane"),
        directory.resolve(offer.name()));
    for (String name : new String[] {"../" + offer.name(), "/etc/passwd", link.getFileName().toString()}) {
      Frame.Offer elsewhere = new Frame.Offer(name, offer.secretHigh(), offer.secretLow(), offer.size());
      assertThatThrownBy(() -> LentArena.open(files, elsewhere)).as(name).isInstanceOf(IOException.class);
    }
    Files.delete(link);
  }

  @Test
  void refusesToReadOutsideOfIt() {
    for (int[] place : new int[][] {{0, 10}, {ArenaLayout.HEAD_BYTES, 10}, {8192, BYTES}, {8193, 1}, {8192, -1},
        {-64, 10}, {Integer.MAX_VALUE / 64 * 64, 64}}) {
      assertThatThrownBy(() -> lent.read(place[0], place[1])).isInstanceOf(MalformedFrameException.class);
    }
  }

  @Test
  void doesNotReadWhatIsSmallerThanItsHead() throws IOException {
    Path file = Files.createFile(directory.resolve("vertx-rpc-0000000000000000-0000000000000001.lane"));
    Frame.Offer offer = new Frame.Offer(file.getFileName().toString(), 0, 0, 0);

    assertThatThrownBy(() -> LentArena.open(files, offer)).hasMessageContaining("is not the one");
    Files.delete(file);
  }

  @Test
  void takesAwayWhatAProcessHasLeftThatIsGone() throws IOException {
    Path stale = Files.createFile(directory.resolve("vertx-rpc-0123456789abcdef-0123456789abcdef.lane"));
    Path other = Files.createFile(directory.resolve("something-else.lane"));

    files.reclaim();

    assertThat(stale).doesNotExist();
    assertThat(other).exists();
    assertThat(directory.resolve(arena.offer().name())).exists();
    Files.delete(other);
  }

  @Test
  void neverOverwritesWhatIsNotFree() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    record Sent(Arena.Place place, byte fill) {}
    Deque<Sent> sent = new ArrayDeque<>();
    for (int i = 0; i < 20_000; i++) {
      byte fill = (byte) random.nextInt();
      Arena.Place place = random.nextInt(3) == 0 ? null : put(random, fill);
      if (place != null) {
        sent.add(new Sent(place, fill));
      } else if (!sent.isEmpty()) {
        Sent taken = random.nextBoolean() ? sent.pollFirst() : sent.pollLast();
        assertThat(lent.read(taken.place().at(), taken.place().bytes()))
            .isEqualTo(bytes(taken.place().bytes(), taken.fill()));
        lent.giveBack();
      }
    }
    assertThat(arena.used()).isEqualTo(sent.stream().mapToLong(each -> each.place().bytes()).sum());
  }

  private Arena.Place put(Random random, byte fill) {
    int length = 1 + random.nextInt(60_000);
    if (random.nextBoolean()) {
      return arena.send(bytes(length, fill));
    }
    Buffer room = arena.claim(length);
    if (room == null) {
      return null;
    }
    fill(room, fill);
    if (random.nextInt(4) == 0) {
      arena.giveBack(room);
      return null;
    }
    return arena.send(room);
  }

  @Test
  void hasNoFilesWhereThereIsNoSharedMemory() {
    assertThatThrownBy(() -> Arena.create(new ArenaFiles(directory.resolve("none")), budget, BYTES))
        .isInstanceOf(IOException.class).hasMessageContaining("there is no shared memory at");
    new ArenaFiles(directory.resolve("none")).reclaim();
  }

  @Test
  void findsRoomAgainThatWasSplit() {
    FreeSpace space = new FreeSpace(0, 100);
    int[] starts = Stream.of(30, 30, 40).mapToInt(space::take).toArray();
    assertThat(starts).containsExactly(0, 30, 60);
    assertThat(space.take(1)).isEqualTo(FreeSpace.NONE);

    space.add(0, 30);
    space.add(60, 40);
    assertThat(space.take(50)).isEqualTo(FreeSpace.NONE);
    space.add(30, 30);

    assertThat(space.take(100)).isZero();
  }

  private static void fill(Buffer room, int value) {
    ByteBuffer view = ((BufferInternal) room).getByteBuf().nioBuffer();
    while (view.hasRemaining()) {
      view.put((byte) value);
    }
  }

  private static Buffer bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Buffer.buffer(bytes);
  }
}
