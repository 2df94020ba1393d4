package dev.vertxrpc.function;

import static dev.vertxrpc.function.TableFailures.assertNotExposed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.Fn0;
import dev.vertxrpc.Fn1;
import dev.vertxrpc.Fn2;
import dev.vertxrpc.VoidFn1;
import dev.vertxrpc.function.Samples.HiddenPrices;
import dev.vertxrpc.function.Samples.Picky;
import dev.vertxrpc.function.Samples.PriceService;
import dev.vertxrpc.function.Samples.Quiet;
import dev.vertxrpc.wire.FunctionName;
import dev.vertxrpc.wire.FunctionName.Kind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExposedTest {
  private static final String SAMPLES = "dev.vertxrpc.function.Samples$";

  @Test
  void exposesFunctionsAndConstructorsOfTheClassesThatAreListed() {
    FunctionTable table = table(SAMPLES + "Picky", "java.lang.Math");
    Fn2<double[], Integer, double[]> closed = Picky::closed;
    Fn1<Integer, Picky> sized = Picky::new;
    Fn2<Double, Double, Double> hypot = Math::hypot;
    Fn1<Integer, String> binary = Integer::toBinaryString;

    assertThat(table.function(name(closed))).isNotNull();
    assertThat(table.function(name(sized))).isNotNull();
    assertThat(table.function(name(hypot))).isNotNull();
    assertThatThrownBy(() -> table.function(name(binary))).hasMessageContaining("\"expose\": [\"java.lang.Integer\"]");
  }

  @Test
  void exposesAPackageButNotWhatIsBelowIt() {
    Fn1<Integer, String> binary = Integer::toBinaryString;
    Fn0<Picky> create = Picky::new;
    FunctionName below = new FunctionName(Kind.STATIC, "java.lang.invoke.MethodType", "genericMethodType",
        "(I)Ljava/lang/invoke/MethodType;");

    assertThat(table("java.lang.*").function(name(binary))).isNotNull();
    assertThat(table("dev.vertxrpc.function.*").function(name(create))).isNotNull();
    assertThatThrownBy(() -> table("java.lang.*").function(below)).hasMessageContaining("not exposed");
    assertThatThrownBy(() -> table("java.*").function(name(binary))).hasMessageContaining("not exposed");
  }

  @Test
  void exposesMethodsByTheClassOfTheObjectOrOfADeclaration() {
    Fn1<List<String>, Integer> size = List<String>::size;
    Fn1<Quiet, Integer> weight = Quiet::weight;

    assertThat(table("java.util.List").method(name(size), ArrayList.class)).isNotNull();
    assertThat(table("java.util.ArrayList").method(name(size), ArrayList.class)).isNotNull();
    assertThat(table("java.util.*").method(name(size), ArrayList.class)).isNotNull();
    assertThat(table(SAMPLES + "Picky").method(name(weight), Quiet.class)).isNotNull();
    assertThatThrownBy(() -> table("java.util.Set").method(name(size), ArrayList.class))
        .hasMessageContaining("\"expose\": [\"java.util.List\"]");
  }

  @Test
  void neverExposesWhatEveryObjectHas() {
    FunctionTable table = table("java.lang.*", "java.lang.Object", "dev.vertxrpc.function.*");

    for (String method : List.of("notify", "notifyAll", "wait")) {
      FunctionName name = new FunctionName(Kind.METHOD, SAMPLES + "Server", method, "()V");
      assertNotExposed(() -> table.method(name, Samples.Server.class), SAMPLES + "Server." + method + "() is not"
          + " exposed: every object has it, and no other worker may call it");
      assertNotExposed(() -> table.served(new FunctionName(Kind.METHOD, SAMPLES + "PriceService", method, "()V"),
          PriceService.class, HiddenPrices.class), SAMPLES + "PriceService." + method + "() is not exposed: the object"
          + " is shared as " + SAMPLES + "PriceService, which does not declare it");
    }
    FunctionName getClass = new FunctionName(Kind.METHOD, SAMPLES + "Server", "getClass", "()Ljava/lang/Class;");
    assertThatThrownBy(() -> table.method(getClass, Samples.Server.class)).hasMessageContaining("not exposed");
  }

  @Test
  void exposesNothingThatIsNotPublic() {
    FunctionTable table = table("dev.vertxrpc.function.*", "jdk.internal.misc.*");
    VoidFn1<HiddenPrices> own = HiddenPrices::own;
    FunctionName hidden = new FunctionName(Kind.STATIC, SAMPLES + "Ops", "hidden", "()Ljava/lang/String;");
    FunctionName internal =
        new FunctionName(Kind.STATIC, "jdk.internal.misc.Unsafe", "getUnsafe", "()Ljdk/internal/misc/Unsafe;");

    assertNotExposed(() -> table.method(name(own), HiddenPrices.class), SAMPLES + "HiddenPrices.own() is not exposed:"
        + " make the class " + SAMPLES + "HiddenPrices public");
    assertNotExposed(() -> table.function(hidden), SAMPLES + "Ops.hidden() is not exposed: make static String hidden()"
        + " of " + SAMPLES + "Ops public");
    assertNotExposed(() -> table.function(internal), "jdk.internal.misc.Unsafe.getUnsafe() is not exposed: Java keeps"
        + " the package jdk.internal.misc to itself");
  }

  private FunctionTable table(String... names) {
    return new FunctionTable(getClass().getClassLoader(), new Exposed(Set.of(names)));
  }

  private static FunctionName name(Serializable reference) {
    return MethodReference.of(reference).name();
  }
}
