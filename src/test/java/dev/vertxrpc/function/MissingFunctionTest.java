package dev.vertxrpc.function;

import static dev.vertxrpc.function.TableFailures.assertNoSuchFunction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.function.Samples.Picky;
import dev.vertxrpc.function.Samples.Server;
import dev.vertxrpc.wire.FunctionName;
import dev.vertxrpc.wire.FunctionName.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingFunctionTest {
  private static final String SAMPLES = "dev.vertxrpc.function.Samples$";

  private final List<String> asked = new ArrayList<>();
  private final FunctionTable table = new FunctionTable(new ClassLoader(getClass().getClassLoader()) {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      asked.add(name);
      return super.loadClass(name, resolve);
    }
  }, new Exposed(Set.of()));

  @Test
  void saysThatCodeIsNotShipped() {
    assertNoSuchFunction(() -> table.function(new FunctionName(Kind.STATIC, "com.acme.Ops", "add", "(I)I")),
        "there is no com.acme.Ops.add(int): code is not shipped: the class path here must have com.acme.Ops");
    assertNoSuchFunction(() -> table.function(new FunctionName(Kind.STATIC, SAMPLES + "Ops", "gone", "(I)I")),
        "there is no " + SAMPLES + "Ops.gone(int): code is not shipped: " + SAMPLES + "Ops here has no"
        + " gone, so the class path here must have the caller's build of it");
  }

  @Test
  void saysNothingOfWhatIsPrivate() {
    assertNoSuchFunction(() -> table.function(new FunctionName(Kind.STATIC, MissingFunctionTest.class.getName(),
        "secret", "(J)V")), "there is no " + MissingFunctionTest.class.getName() + ".secret(long): the two builds"
        + " differ: the caller has static void secret(long), here is none that is public");
  }

  static void secret(String unseen) {
    throw new AssertionError(unseen);
  }

  @Test
  void saysHowTheBuildsDiffer() {
    assertNoSuchFunction(() -> table.function(new FunctionName(Kind.STATIC, SAMPLES + "Ops", "add",
        "([D)[D")),
        "there is no " + SAMPLES + "Ops.add(double[]): the two builds differ: the caller has static"
        + " double[] add(double[]), here is static double[] add(double[], double[])");
    assertNoSuchFunction(() -> table.function(new FunctionName(Kind.CONSTRUCTOR, SAMPLES + "Picky",
        "<init>", "(J)V")),
        "there is no new " + SAMPLES + "Picky(long): the two builds differ: the caller has new(long),"
        + " here is new() and new(int)");
    assertNoSuchFunction(() -> table.method(
            new FunctionName(Kind.METHOD, SAMPLES + "Picky", "open", "()Ljava/lang/String;"), Picky.class),
        "there is no " + SAMPLES + "Picky.open(): the two builds differ: the caller has java.lang.String"
        + " open(), here is static java.lang.String open()");
  }

  @Test
  void wantsTheObjectToBeWhatTheCallerThinks() {
    FunctionName name = new FunctionName(Kind.METHOD, SAMPLES + "Server", "name", "()Ljava/lang/String;");

    assertNoSuchFunction(() -> table.method(name, Picky.class), "there is no " + SAMPLES
        + "Server.name(): the object there is a " + SAMPLES + "Picky, which is no " + SAMPLES + "Server");
    assertNoSuchFunction(() -> table.function(name),
        "there is no " + SAMPLES + "Server.name(): it is a method, and the call names no object");
    assertNoSuchFunction(() -> table.method(
            new FunctionName(Kind.CONSTRUCTOR, SAMPLES + "Server", "<init>", "()V"), Server.class),
        "there is no new " + SAMPLES + "Server(): it is not a method, and the call names an object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[I", "[Ljava.lang.String;", "dev/vertxrpc/function/Samples$Ops", "a..b", ".a",
      "a.",
      "../../etc/passwd", "a b", "a\u0000b", "a\nb", "a\u200bb", "com.acme.Ops;", "a:b", "a\\b"})
  void asksNoClassLoaderForGarbage(String type) {
    assertThatThrownBy(() -> table.function(new FunctionName(Kind.STATIC, type, "one", "()V")))
        .isInstanceOfSatisfying(RpcException.class,
            e -> assertThat(e.failure()).isEqualTo(RpcFailure.NO_SUCH_FUNCTION))
        .hasMessageStartingWith("the call names no function, but ");
    assertThat(asked).isEmpty();
  }

  @Test
  void asksNoClassLoaderForWhatIsNotThere() {
    for (String type : List.of("int", "void", "com.acme.Ops", "a".repeat(512))) {
      assertThatThrownBy(() -> table.function(new FunctionName(Kind.STATIC, type, "one", "()V")))
          .hasMessageContaining("code is not shipped");
    }

    assertThat(asked).isEmpty();
  }

  @Test
  void refusesLongNamesAndImpossibleMethods() {
    List<FunctionName> garbage = List.of(
        new FunctionName(Kind.STATIC, "a".repeat(513), "one", "()V"),
        new FunctionName(Kind.STATIC, SAMPLES + "Ops", "a".repeat(513), "()V"),
        new FunctionName(Kind.STATIC, SAMPLES + "Ops", "one", "(" + "I".repeat(5000) + ")V"),
        new FunctionName(Kind.STATIC, SAMPLES + "Ops", "<clinit>", "()V"),
        new FunctionName(Kind.STATIC, SAMPLES + "Ops", "", "()V"),
        new FunctionName(Kind.CONSTRUCTOR, SAMPLES + "Ops", "one", "()V"));

    for (FunctionName name : garbage) {
      assertThatThrownBy(() -> table.function(name))
          .isInstanceOf(RpcException.class).hasMessageStartingWith("the call names no function, but ")
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
    }
    assertNoSuchFunction(() -> table.function(new FunctionName(Kind.STATIC, SAMPLES + "Ops", "one",
        "garbage")),
        "there is no " + SAMPLES + "Ops.one(garbage): the two builds differ: the caller has static ?"
        + " one(garbage), here is static java.lang.String one(java.lang.String)");
  }
}
