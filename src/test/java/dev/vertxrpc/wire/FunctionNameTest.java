package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.wire.FunctionName.Kind;
import org.junit.jupiter.api.Test;

class FunctionNameTest {
  @Test
  void printsShortForPeople() {
    assertThat(new FunctionName(Kind.STATIC, "com.acme.Ops", "add", "([D[[D)[D"))
        .hasToString("com.acme.Ops.add(double[], double[][])");
    assertThat(new FunctionName(Kind.CONSTRUCTOR, "com.acme.Server", "<init>", "(I)V"))
        .hasToString("new com.acme.Server(int)");
    assertThat(new FunctionName(Kind.METHOD, "com.acme.Book", "find", "(Ljava/lang/String;)Ljava/util/List;"))
        .hasToString("com.acme.Book.find(String)");
  }

  @Test
  void signatureHasFullTypeNames() {
    assertThat(new FunctionName(Kind.STATIC, "com.acme.Ops", "add", "([Lcom/acme/Point;I)V").signature())
        .isEqualTo("static void add(com.acme.Point[], int)");
    assertThat(new FunctionName(Kind.METHOD, "com.acme.Ops", "get", "()LBare;").signature())
        .isEqualTo("Bare get()");
    assertThat(new FunctionName(Kind.CONSTRUCTOR, "com.acme.Server", "<init>", "(I)V").signature())
        .isEqualTo("new(int)");
  }

  @Test
  void printsGarbageSafely() {
    FunctionName garbage = new FunctionName(Kind.STATIC, "a\nb\u2028c", "x\u0000", "no(descriptor\r");
    FunctionName huge = new FunctionName(Kind.METHOD, "a".repeat(9_999), "b", "(" + "I".repeat(9_999) + ")V");

    assertThat(garbage).hasToString("a?b?c.x?(no(descriptor?)");
    assertThat(garbage.signature()).isEqualTo("static ? x?(no(descriptor?)");
    assertThat(huge.toString()).hasSizeLessThan(700);
  }

  @Test
  void kindsKeepTheirCodes() {
    assertThat(Kind.values()).extracting(Kind::code).containsExactly((byte) 1, (byte) 2, (byte) 3);
    assertThat(Kind.values()).allSatisfy(kind -> assertThat(Kind.ofCode(kind.code())).contains(kind));
    assertThat(Kind.ofCode((byte) 0)).isEmpty();
  }
}
