package dev.vertxrpc.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTest {
  private static final String BLANK = "0,".repeat(Digits.PIXELS);

  @Test
  void readsTheScansThatComeWithTheDemo() {
    Digits digits = Digits.read(Optional.empty());

    assertThat(digits.size()).isEqualTo(1797);
    assertThat(digits.scans().get(3).digit()).isEqualTo(3);
    assertThat(digits.scans().get(0).pixels()).startsWith(0, 0, 5 / 16.0, 13 / 16.0).hasSize(64);
  }

  @Test
  void namesFileAndLineOfAShortLine() throws IOException {
    refuses(BLANK + "1\n" + "1,2,3\n",
        "scans.csv.gz, line 2: found 3 values, expected 64 pixels and a digit");
  }

  @Test
  void namesFileLineAndPlaceOfABadNumber() throws IOException {
    refuses(BLANK + "1\n" + BLANK + "x\n",
        "scans.csv.gz, line 2, value 65: found 'x', expected a whole number from 0 to 9");
    refuses(BLANK.replaceFirst("0", "17") + "1\n",
        "scans.csv.gz, line 1, value 1: found '17', expected a whole number from 0 to 16");
    refuses(BLANK + "10\n",
        "scans.csv.gz, line 1, value 65: found '10', expected a whole number from 0 to 9");
  }

  @Test
  void refusesAFileWithoutScans() throws IOException {
    refuses("", "scans.csv.gz: holds no scan");
  }

  @Test
  void namesTheLineBehindWhichAFileIsCutOff() throws IOException {
    byte[] whole = gzip(BLANK + "1\n" + BLANK + "2\n");

    refuses(Arrays.copyOf(whole, whole.length - 8), "scans.csv.gz, line 3: the file ends too early");
    refuses(Arrays.copyOf(whole, 5), "scans.csv.gz, line 1: the file ends too early");
  }

  @Test
  void refusesAFileThatIsEmptyOrNotGzipped() {
    refuses(new byte[0], "scans.csv.gz: is empty");
    refuses("1,2".getBytes(StandardCharsets.US_ASCII),
        "scans.csv.gz, line 1: cannot be read: Not in GZIP format");
  }

  @Test
  void refusesWhatIsNoFile(@TempDir Path folder) {
    Path missing = folder.resolve("no-such.csv.gz");

    assertThatThrownBy(() -> Digits.read(Optional.of(missing)))
        .isInstanceOf(IllegalArgumentException.class).hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> Digits.read(Optional.of(folder)))
        .isInstanceOf(IllegalArgumentException.class).hasMessage(folder + ": is a folder");
  }

  @Test
  void refusesFewerScansThanEveryTrainerNeeds() {
    for (int trainers = 1; trainers <= 12; trainers++) {
      int most = trainers;
      int least = (int) Math.ceil(trainers * 5 / 4.0);

      assertThatThrownBy(() -> blank(least - 1).split("x.gz", 1, most)).hasMessage(
          "x.gz: found " + (least - 1) + " scans, expected at least " + least + " for " + most + " trainers");
      assertThat(blank(least).split("x.gz", 1, trainers).heldOut().size()).isPositive();
    }
  }

  private static Digits blank(int scans) {
    return new Digits(Collections.nCopies(scans, new Digits.Scan(new double[Digits.PIXELS], 0)));
  }

  @Test
  void splitsTheSameWayForTheSameSeed() {
    Digits digits = Digits.read(Optional.empty());

    Digits.Split split = digits.split(7);

    assertThat(split.training().size()).isEqualTo(1437);
    assertThat(split.heldOut().scans()).hasSize(360).isEqualTo(digits.split(7).heldOut().scans())
        .isNotEqualTo(digits.split(8).heldOut().scans());
  }

  @Test
  void sharesEveryScanOutOnce() {
    Digits digits = Digits.read(Optional.empty());
    List<Digits.Scan> shared = new ArrayList<>();

    for (int i = 0; i < 5; i++) {
      Digits share = digits.shard(i, 5);
      assertThat(share.size()).isBetween(359, 360);
      share.batches(16, i).forEach(batch -> shared.addAll(batch.scans()));
    }

    assertThat(shared).hasSize(1797);
    assertThat(new HashSet<>(shared)).isEqualTo(new HashSet<>(digits.scans()));
  }

  private static void refuses(String csv, String message) throws IOException {
    refuses(gzip(csv), message);
  }

  private static void refuses(byte[] file, String message) {
    assertThatThrownBy(() -> Digits.parse("scans.csv.gz", new ByteArrayInputStream(file)))
        .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }
}
