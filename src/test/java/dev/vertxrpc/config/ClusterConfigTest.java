package dev.vertxrpc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigTest {
  @Test
  void staysOnThisMachineByDefault() {
    assertThat(ClusterConfig.defaults()).isEqualTo(new ClusterConfig("vertx-rpc", "127.0.0.1", 15701,
        List.of("127.0.0.1:15701"), 1_000, 5_000));
  }

  @Test
  void foundsAClusterOnAPortOfItsOwn() {
    ClusterConfig cluster = cluster(new JsonObject().put("port", 15901));

    assertThat(cluster.members()).containsExactly("127.0.0.1:15901");
    assertThat(cluster.isSeed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.7, 10.0.0.7:15701", "::1, [::1]:15701", "node-1.acme.com, node-1.acme.com:15701"})
  void asksTheFirstMemberOnItsOwnHostByDefault(String host, String member) {
    assertThat(cluster(new JsonObject().put("host", host).put("port", 0)).members()).containsExactly(member);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 15701, 127.0.0.1:15701, true", "127.0.0.1, 15702, 127.0.0.1:15701, false",
      "127.0.0.1, 0, 127.0.0.1:15701, false", "10.0.0.1, 15701, 127.0.0.1:15701, false",
      "Node-1, 15701, node-1:15701, true", "::1, 15701, [::1]:15701, true"})
  void isASeedWhereItsOwnAddressIsListed(String host, int port, String member, boolean seed) {
    ClusterConfig cluster = new ClusterConfig("c", host, port, List.of("other:1", member), 1_000, 5_000);

    assertThat(cluster.isSeed()).isEqualTo(seed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:1", "a_1:65535", "127.0.0.1:1", "[::1]:1", "[fe80::1%eth0]:15701", "a.b-c.d:1"})
  void takesMembers(String member) {
    assertThat(new ClusterConfig("c", "a", 0, List.of(member), 1, 2).members()).containsExactly(member);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a:", ":1", "a:0", "a:65536", "a:999999", "a:-1", "a:1:2", "::1:1",
      "[::1]", "[a]:1", "[::1:1", "[1::2::3]:1", "300.0.0.1:1", "1.2.3:1", "1.2.3.:1", "a b:1", "-a:1",
      "a:1 ", "[]:1"})
  void refusesWhatIsNoMember(String member) {
    assertThatThrownBy(() -> new ClusterConfig("c", "a", 0, List.of(member), 1, 2))
        .isInstanceOf(ConfigException.class)
        .hasMessage("cluster.members[0]: found \"" + member + "\", expected \"host:port\" with a port from 1 "
            + "to 65535, an IPv6 address in brackets");
  }

  @Test
  void refusesInCodeWhatItRefusesInJson() {
    List<String> members = List.of("a:1");

    assertThatThrownBy(() -> new ClusterConfig("c", "a", -1, members, 1, 2))
        .hasMessage("cluster.port: found -1, expected an integer from 0 to 65535");
    assertThatThrownBy(() -> new ClusterConfig("c", "a", 0, members, 0, 2))
        .hasMessage("cluster.heartbeatIntervalMs: found 0, expected an integer from 1 to 2147483647");
    assertThatThrownBy(() -> new ClusterConfig("c", "a", 0, members, 2, 2))
        .hasMessage("cluster.heartbeatTimeoutMs: found 2, expected more than heartbeatIntervalMs, "
            + "which is 2");
  }

  @Test
  void writesWhatItReads() {
    ClusterConfig cluster = new ClusterConfig("c", "a", 0, List.of("a:1", "b:2"), 1, 2);

    assertThat(cluster(cluster.toJson())).isEqualTo(cluster);
  }

  private static ClusterConfig cluster(JsonObject json) {
    return RpcConfig.from(new JsonObject().put("name", "w").put("cluster", json)).cluster().orElseThrow();
  }
}
