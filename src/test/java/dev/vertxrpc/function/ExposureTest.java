package dev.vertxrpc.function;

import static dev.vertxrpc.function.TableFailures.assertNoSuchFunction;
import static dev.vertxrpc.function.TableFailures.assertNotExposed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Fn0;
import dev.vertxrpc.Fn1;
import dev.vertxrpc.Fn2;
import dev.vertxrpc.VoidFn0;
import dev.vertxrpc.VoidFn1;
import dev.vertxrpc.function.Samples.Closed;
import dev.vertxrpc.function.Samples.HiddenOps;
import dev.vertxrpc.function.Samples.HiddenPrices;
import dev.vertxrpc.function.Samples.Initialised;
import dev.vertxrpc.function.Samples.Open;
import dev.vertxrpc.function.Samples.Picky;
import dev.vertxrpc.function.Samples.PriceService;
import dev.vertxrpc.function.Samples.Quiet;
import dev.vertxrpc.function.Samples.Server;
import dev.vertxrpc.wire.FunctionName;
import dev.vertxrpc.wire.FunctionName.Kind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExposureTest {
  private static final String SAMPLES = "dev.vertxrpc.function.Samples$";

  private static final String CONFIG = "\"] to the config of the worker called";

  private final FunctionTable table = new FunctionTable(getClass().getClassLoader(), new Exposed(Set.of()));

  @Test
  void exposesOnlyWhatIsAnnotated() {
    Fn0<String> open = Picky::open;
    Fn0<Picky> create = Picky::new;
    Fn2<double[], Integer, double[]> closed = Picky::closed;
    Fn1<Integer, Picky> sized = Picky::new;

    assertThat(table.function(name(open))).isNotNull();
    assertThat(table.function(name(create))).isNotNull();
    assertNotExposed(() -> table.function(name(closed)), SAMPLES + "Picky.closed(double[], int) is not"
        + " exposed: add @Remote to public static double[] closed(double[], int) of " + SAMPLES + "Picky,"
        + " or to the class, or add \"expose\": [\"" + SAMPLES + "Picky" + CONFIG);
    assertNotExposed(() -> table.function(name(sized)), "new " + SAMPLES + "Picky(int) is not exposed:"
        + " add @Remote to public Picky(int) of " + SAMPLES + "Picky, or to the class, or add \"expose\": [\"" + SAMPLES
        + "Picky" + CONFIG);
  }

  @Test
  void anOverrideInheritsItsExposure() {
    Fn1<Quiet, Integer> size = Quiet::size;
    Fn1<Quiet, Integer> weight = Quiet::weight;

    assertThat(table.method(name(size), Quiet.class)).isNotNull();
    assertNotExposed(() -> table.method(name(weight), Quiet.class), SAMPLES + "Quiet.weight() is not"
        + " exposed: add @Remote to public int weight() of " + SAMPLES + "Quiet, or to the class, or add"
        + " \"expose\": [\"" + SAMPLES + "Quiet" + CONFIG);
  }

  @Test
  void theClassOfTheObjectExposesWhatItDeclares() {
    Fn1<Picky, Integer> weight = Picky::weight;
    Fn1<Server, Integer> hash = Server::hashCode;

    assertThat(table.method(name(weight), Server.class)).isNotNull();
    assertNotExposed(() -> table.method(name(weight), Picky.class), SAMPLES + "Picky.weight() is not"
        + " exposed: add @Remote to public int weight() of " + SAMPLES + "Picky, or to the class, or add"
        + " \"expose\": [\"" + SAMPLES + "Picky" + CONFIG);
    assertNotExposed(() -> table.method(name(hash), Server.class), SAMPLES + "Server.hashCode() is not"
        + " exposed: every object has it; override it in " + SAMPLES + "Server, and add @Remote there");
  }

  @Test
  void neverExposesWhatIsNotPublic() {
    FunctionName secret = new FunctionName(Kind.STATIC, SAMPLES + "Ops", "secret",
        "(Ljava/lang/String;)Ljava/lang/String;");
    FunctionName mass = new FunctionName(Kind.METHOD, SAMPLES + "Picky", "mass", "()I");
    Fn0<Integer> hidden = HiddenOps::one;
    VoidFn1<HiddenPrices> own = HiddenPrices::own;

    assertNotExposed(() -> table.function(secret), SAMPLES + "Ops.secret(String) is not exposed: make"
        + " private static String secret(String) of " + SAMPLES + "Ops public");
    assertNotExposed(() -> table.method(mass, Picky.class), SAMPLES + "Picky.mass() is not exposed: make"
        + " protected int mass() of " + SAMPLES + "Picky public, and add @Remote to it, or add \"expose\": [\""
        + SAMPLES + "Picky" + CONFIG);
    assertNotExposed(() -> table.function(name(hidden)), SAMPLES + "HiddenOps.one() is not exposed: make"
        + " the class " + SAMPLES + "HiddenOps public");
    assertNotExposed(() -> table.method(name(own), HiddenPrices.class), SAMPLES + "HiddenPrices.own() is"
        + " not exposed: make the class " + SAMPLES + "HiddenPrices public");
  }

  @Test
  void exposesNothingOfJava() {
    FunctionName exit = new FunctionName(Kind.STATIC, "java.lang.System", "exit", "(I)V");
    Fn1<List<String>, Integer> size = List<String>::size;
    String why = " is not exposed: it belongs to Java; add \"expose\": [\"";
    String wrap = CONFIG + ", or wrap it in a public static method of your own that is @Remote";

    assertNotExposed(() -> table.function(exit), "java.lang.System.exit(int)" + why + "java.lang.System" + wrap);
    assertNotExposed(() -> table.method(name(size), ArrayList.class),
        "java.util.List.size()" + why + "java.util.List" + wrap);
    assertThat(table.served(name(size), List.class, ArrayList.class)).isNotNull();
  }

  @Test
  void servesNothingButTheInterface() {
    Fn1<HiddenPrices, String> get = HiddenPrices::get;
    FunctionName notify = new FunctionName(Kind.METHOD, SAMPLES + "PriceService", "notify", "()V");

    assertNoSuchFunction(() -> table.served(name(get), PriceService.class, HiddenPrices.class),
        "there is no " + SAMPLES + "HiddenPrices.get(): the object there is a " + SAMPLES
        + "PriceService, which is no "
            + SAMPLES + "HiddenPrices");
    assertNotExposed(() -> table.served(notify, PriceService.class, HiddenPrices.class), SAMPLES
        + "PriceService.notify() is not exposed: the object is shared as " + SAMPLES + "PriceService,"
        + " which does not declare it");
  }

  @Test
  void runsNoInitialiserOfAClassThatIsNotExposed() throws Throwable {
    VoidFn0 closed = Closed::touch;
    VoidFn0 open = Open::touch;

    assertNotExposed(() -> table.function(name(closed)), SAMPLES + "Closed.touch() is not exposed: add"
        + " @Remote to public static void touch() of " + SAMPLES + "Closed, or to the class, or add"
        + " \"expose\": [\"" + SAMPLES + "Closed" + CONFIG);
    Function function = table.function(name(open));

    assertThat(Initialised.closed).isFalse();
    assertThat(Initialised.open).isFalse();
    function.invoke(null, new Object[0]);
    assertThat(Initialised.open).isTrue();
  }

  private static FunctionName name(Serializable reference) {
    return MethodReference.of(reference).name();
  }
}
