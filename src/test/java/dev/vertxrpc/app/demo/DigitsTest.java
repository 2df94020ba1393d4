package dev.vertxrpc.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

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
  void namesFileAndLineOfAShortLine() {
    refuses(BLANK + "1\n" + "1,2,3\n",
        "scans.csv.gz, line 2: found 3 values, expected 64 pixels and a digit");
  }

  @Test
  void namesFileLineAndPlaceOfABadNumber() {
    refuses(BLANK + "1\n" + BLANK + "x\n",
        "scans.csv.gz, line 2, value 65: found 'x', expected a whole number from 0 to 9");
    refuses(BLANK.replaceFirst("0", "17") + "1\n",
        "scans.csv.gz, line 1, value 1: found '17', expected a whole number from 0 to 16");
    refuses(BLANK + "10\n",
        "scans.csv.gz, line 1, value 65: found '10', expected a whole number from 0 to 9");
  }

  @Test
  void refusesAFileWithoutScans() {
    refuses("", "scans.csv.gz: holds no scan");
  }

  @Test
  void namesTheLineBehindWhichAFileIsCutOff() throws IOException {
    byte[] whole = gzip((BLANK + "1\n").repeat(10_000));
    InputStream cut = new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> Digits.parse("scans.csv.gz", cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("scans\\.csv\\.gz, line \\d+: cannot be read: .*");
  }

  @Test
  void refusesAFileThatIsNotThereOrNotGzipped() {
    assertThatThrownBy(() -> Digits.read(Optional.of(Path.of("no-such.csv.gz"))))
        .hasMessageStartingWith("no-such.csv.gz: cannot be read: ");
    InputStream plain = new ByteArrayInputStream("1,2".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> Digits.parse("x.csv", plain))
        .hasMessage("x.csv, line 1: cannot be read: Not in GZIP format");
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

  private static void refuses(String csv, String message) {
    assertThatThrownBy(() -> Digits.parse("scans.csv.gz", new ByteArrayInputStream(gzip(csv))))
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
