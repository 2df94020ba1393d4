package dev.vertxrpc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  @TempDir
  private Path directory;
  private String file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("x.json").toString();
  }

  @Test
  void loadsAFile() throws IOException {
    write("{\"name\": \"worker\"}");

    assertThat(RpcConfig.load(file).name()).isEqualTo("worker");
  }

  @Test
  void namesFileAndPathOfABadValue() throws IOException {
    write("{\"name\": \"w\", \"cluster\": {\"port\": \"abc\"}}");

    ConfigException refused = refusal();

    assertThat(refused).hasMessage(
        file + ": cluster.port: found \"abc\", expected an integer from 0 to 65535");
    assertThat(refused.file()).contains(file);
    assertThat(refused.path()).isEqualTo("cluster.port");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      []     | found an array, expected an object
      "w"    | found "w", expected an object
      7      | found 7 (a number), expected an object
      null   | found null, expected an object
      """)
  void refusesATopLevelThatIsNoObject(String json, String problem) throws IOException {
    write(json);

    assertThat(refusal()).hasMessage(file + ": " + problem);
  }

  @Test
  void saysWhereAFileStopsBeingJson() throws IOException {
    write("{\n  \"name\": \"w\",\n}\n");

    assertThat(refusal()).hasMessage(file + ": not JSON, line 3, column 1: Unexpected character ('}' (code "
        + "125)): was expecting double-quote to start field name");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    write("");

    assertThat(refusal()).hasMessage(
        file + ": not JSON, line 1, column 1: No content to map due to end-of-input");
  }

  @Test
  void refusesAKeyThatIsWrittenTwice() throws IOException {
    write("{\"name\": \"a\",\n \"name\": \"b\"}");

    assertThat(refusal()).hasMessage(file + ": not JSON, line 2, column 8: Duplicate field 'name'");
  }

  @Test
  void refusesTextAfterTheObject() throws IOException {
    write("{\"name\": \"a\"} {}");

    assertThat(refusal()).hasMessageStartingWith(file + ": not JSON, line 1, column 15: Trailing token");
    assertThat(refusal().getMessage().lines()).hasSize(1);
  }

  @Test
  void refusesWhatIsNotUtf8() throws IOException {
    Files.write(Path.of(file), "{\"name\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(refusal()).hasMessageStartingWith(file + ": not JSON, line 1, column ");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThat(refusal()).hasMessage(file + ": no such file");
  }

  @Test
  void refusesADirectory() {
    file = directory.toString();

    assertThat(refusal()).hasMessage(directory + ": cannot be read: Is a directory");
  }

  @Test
  void refusesAPathThatIsNone() {
    file = "a\0b";

    assertThat(refusal()).hasMessageEndingWith(": no such file");
  }

  private void write(String json) throws IOException {
    Files.writeString(Path.of(file), json);
  }

  private ConfigException refusal() {
    return catchThrowableOfType(ConfigException.class, () -> RpcConfig.load(file));
  }
}
