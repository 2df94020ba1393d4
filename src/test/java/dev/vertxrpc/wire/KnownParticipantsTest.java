package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.vertxrpc.wire.RoundId.Participant;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KnownParticipantsTest {
  private static final int REMEMBERED = 16;

  private final KnownParticipants known = new KnownParticipants();

  @Test
  void areOneObjectInAllFrames() {
    List<RoundId> rounds = read(batch(Participants.of(two(1)), Participants.of(two(2)), Participants.of(two(1))));

    assertThat(rounds.get(0).participants()).isEqualTo(two(1)).isSameAs(rounds.get(2).participants());
    assertThat(rounds.get(1).participants()).isEqualTo(two(2));
    assertThat(known.the(Participants.of(two(1)))).isSameAs(rounds.get(0).participants());
  }

  @Test
  void areTheLastThatWereHeardOf() {
    List<Participants> all = IntStream.range(0, REMEMBERED).mapToObj(each -> Participants.of(two(each))).toList();
    all.forEach(known::the);

    assertThat(heardAgain(all.get(0))).isSameAs(all.get(0));
    known.the(Participants.of(two(REMEMBERED)));

    assertThat(heardAgain(all.get(0))).isSameAs(all.get(0));
    assertThat(heardAgain(all.get(1))).isNotSameAs(all.get(1));
  }

  @Test
  void areNotThoseWithMoreOrFewer() {
    List<Participant> three = new ArrayList<>(two(1));
    three.add(new Participant("c", 3));

    List<RoundId> rounds = read(batch(Participants.of(two(1)), Participants.of(three), Participants.of(two(1))));

    assertThat(rounds).extracting(round -> round.participants().size()).containsExactly(2, 3, 2);
  }

  @Test
  void areNotKeptWhereTheyAreTooMany() {
    Participants many = Participants.of(LongStream.range(0, 5_000)
        .mapToObj(each -> new Participant("worker-" + each, each)).toList());

    known.the(many);

    assertThat(heardAgain(many)).isEqualTo(many).isNotSameAs(many);
  }

  @Test
  void doNotReachBeyondTheirFrame() {
    read(batch(Participants.of(two(1))));
    Batch cut = batch(Participants.of(two(1)), Participants.of(two(1)));
    int firstFrame = Batch.HEADER_BYTES;
    // As if the first frame ended within its participants, and the second began there.
    byte[] bytes = bytes(cut);
    bytes[firstFrame + Integer.BYTES - 1] = 12;
    List<String> damage = new ArrayList<>();

    new Batch(Buffer.buffer(bytes)).forEach(0, new Heard(FunctionNames.NONE, known),
        BulkSource.NONE, frame -> { }, (reason, forks) -> damage.add(reason));

    assertThat(damage).first().asString().contains("bytes wanted");
  }

  @Test
  void findTheirMembersByNameAndRun() {
    Participants participants = Participants.of(two(1));

    assertThat(participants.contains(new Participant("b", 2))).isTrue();
    assertThat(participants.contains(new Participant("b", 3))).isFalse();
    assertThat(participants.contains(new Participant("aa", 1))).isFalse();
    assertThat(participants.placeOf("b")).isEqualTo(1);
    assertThat(participants.placeOf("c")).isNegative();
  }

  @Test
  void areEqualToAnyListOfTheSame() {
    assertThat(Participants.of(two(1))).isEqualTo(Participants.of(two(1))).isEqualTo(two(1))
        .hasSameHashCodeAs(two(1)).isNotEqualTo(Participants.of(two(2))).isNotEqualTo(two(2));
    assertThat(two(1)).isEqualTo(Participants.of(two(1)));
  }

  private Participants heardAgain(Participants participants) {
    return read(batch(participants)).get(0).participants();
  }

  private static List<Participant> two(long first) {
    return List.of(new Participant("a", first), new Participant("b", first + 1));
  }

  private static Batch batch(Participants... participants) {
    Batch batch = Batch.from(7, 1, 0);
    List.of(participants).forEach(each -> batch.add(new RoundFrame.Recall(new RoundId(each, "t", 1))));
    return batch;
  }

  private static byte[] bytes(Batch batch) {
    Buffer written = Buffer.buffer();
    batch.writeTo(written);
    return written.getBytes();
  }

  private List<RoundId> read(Batch batch) {
    List<RoundId> rounds = new ArrayList<>();
    batch.forEach(0, new Heard(FunctionNames.NONE, known), BulkSource.NONE,
        frame -> rounds.add(((RoundFrame.Recall) frame).round()), (reason, forks) -> fail(reason));
    return rounds;
  }
}
