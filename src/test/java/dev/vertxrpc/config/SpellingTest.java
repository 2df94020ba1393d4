package dev.vertxrpc.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> KNOWN =
      List.of("name", "host", "port", "rank", "worldSize", "callTimeoutMs");

  @ParameterizedTest
  @CsvSource({"prot, port", "posrt, port", "prt, port", "pot, port", "NAME, name", "world-size, worldSize",
      "worldsiez, worldSize", "callTimeout, callTimeoutMs", "call_timeout_ms, callTimeoutMs", "hosts, host"})
  void findsTheWordThatWasMeant(String word, String meant) {
    assertThat(Spelling.nearest(word, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"tls", "x", "''", "timeout", "worldview"})
  void findsNoneWhereNoneIsNear(String word) {
    assertThat(Spelling.nearest(word, KNOWN)).isEmpty();
  }
}
