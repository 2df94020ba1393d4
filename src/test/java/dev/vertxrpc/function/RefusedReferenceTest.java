package dev.vertxrpc.function;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.AsyncFn1;
import dev.vertxrpc.Fn0;
import dev.vertxrpc.Fn1;
import dev.vertxrpc.Fn2;
import dev.vertxrpc.VoidFn0;
import dev.vertxrpc.VoidFn1;
import dev.vertxrpc.function.Samples.Box;
import dev.vertxrpc.function.Samples.Ops;
import dev.vertxrpc.function.Samples.Picky;
import dev.vertxrpc.function.Samples.Server;
import dev.vertxrpc.function.Samples.Source;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedReferenceTest {
  private static final String HERE = "In dev.vertxrpc.function.RefusedReferenceTest: ";
  private static final String LAMBDA = HERE + "a lambda has no name that another worker could look up,"
      + " nor has what the compiler turns into one: a reference with spread varargs, to an array or inner"
      + " class constructor, through super, or to a protected method of another package; put its body in"
      + " a public static method that is @Remote, pass what it captures as arguments, and write Ops::method";

  class Inner {}

  static class Loader extends ClassLoader {
    @SuppressWarnings("serial") // The reference makes a protected method reachable, which is the point.
    MethodReference protectedElsewhere() {
      Fn2<Loader, String, Class<?>> find = Loader::findClass;
      return MethodReference.of(find);
    }
  }

  @Test
  void refusesNull() {
    assertRefused(null, "the function is null; write a method reference, such as Ops::add");
  }

  @Test
  void refusesLambdas() {
    String captured = "x";
    VoidFn0 plain = () -> {};
    Fn0<String> capturing = () -> captured + this;

    assertRefused(plain, LAMBDA);
    assertRefused(capturing, LAMBDA);
  }

  @Test
  void refusesWhatTheCompilerTurnsIntoLambdas() {
    Fn2<Integer, Integer, Integer> varargs = Ops::sum;
    Fn1<Integer, int[]> array = int[]::new;
    Fn1<int[], int[]> clone = int[]::clone;
    Fn0<Inner> inner = Inner::new;
    Fn0<String> through = super::toString;

    for (Serializable function : List.of(varargs, array, clone, inner, through)) {
      assertRefused(function, LAMBDA);
    }
    assertThatThrownBy(() -> new Loader().protectedElsewhere())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(LAMBDA.replace("RefusedReferenceTest", "RefusedReferenceTest$Loader"));
  }

  @Test
  void refusesBoundReceivers() {
    Server server = new Server();
    Fn0<String> bound = server::name;

    assertRefused(bound, HERE + "a reference to name is bound to one Samples.Server, and objects do not"
        + " travel; serve it, or own it as an RRef, and call Samples.Server::name on that");
  }

  @Test
  void refusesOtherCaptures() {
    SerializedLambda lambda = lambda("dev/vertxrpc/function/Samples$Ops", "one", new Object[] {"x"});

    assertThatThrownBy(() -> MethodReferences.read(lambda, getClass().getClassLoader()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(HERE + "the reference captures 1 value, which would not travel; make them parameters"
        + " of the method, and pass them as arguments");
  }

  @Test
  void refusesWhatIsNotPublic() {
    Fn0<String> hidden = Ops::hidden;
    Fn1<Picky, Integer> mass = Picky::mass;

    assertRefused(hidden, HERE + "dev.vertxrpc.function.Samples$Ops.hidden() is not public; make it public"
        + " and @Remote");
    assertRefused(mass, HERE + "dev.vertxrpc.function.Samples$Picky.mass() is not public; make it public and"
        + " @Remote");
  }

  @Test
  void refusesPrivateMethods() {
    assertThatThrownBy(Ops::secretReference)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("In dev.vertxrpc.function.Samples$Ops: dev.vertxrpc.function.Samples$Ops.secret(String) is"
        + " private; make it public and @Remote");
  }

  @Test
  void refusesAnonymousAndNamedClasses() {
    Fn0<String> anonymous = new Fn0<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public String apply() {
        return "";
      }
    };
    String why = " is a class of its own, not a method reference, and code does not travel; put its body"
        + " in a public static method that is @Remote, and write Ops::method";

    assertRefused(anonymous, anonymous.getClass().getName() + why);
    assertRefused(new Disguised(), "dev.vertxrpc.function.RefusedReferenceTest$Disguised" + why);
  }

  /** Pretends to be a reference, a different one each time. */
  static final class Disguised implements VoidFn0 {
    private static final long serialVersionUID = 1L;

    @Override
    public void run() {}

    private Object writeReplace() {
      return lambda("dev/vertxrpc/function/Samples$Ops", "one", new Object[0]);
    }
  }

  @Test
  void refusesAFunctionThatCannotBeFound() {
    ClassLoader loader = getClass().getClassLoader();

    assertThatThrownBy(() -> MethodReferences.read(lambda("com/acme/Gone", "one", new Object[0]), loader))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(HERE + "the class com.acme.Gone that the reference names cannot be loaded; put it,"
        + " and all that its signatures mention, on the class path of the caller too")
        .hasCauseInstanceOf(ClassNotFoundException.class);
    assertThatThrownBy(() ->
            MethodReferences.read(lambda("dev/vertxrpc/function/Samples$Ops", "gone", new Object[0]), loader))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(HERE + "dev.vertxrpc.function.Samples$Ops has no gone of the type that the reference was"
        + " compiled against; compile the two together");
  }

  @Test
  void refusesResultsThatNothingMakesConcrete() {
    Fn1<Box<List<String>>, List<String>> generic = Box::get;
    AsyncFn1<Box<String>, String> future = Box::later;
    Fn1<Box<Object>, Object> object = Box::get;
    String why = ", and nothing at run time says which type that is; wrap it in a method with concrete types";

    assertRefused(generic, HERE + "dev.vertxrpc.function.Samples$Box.get() returns T" + why);
    assertRefused(future, HERE + "dev.vertxrpc.function.Samples$Box.later() returns T" + why);
    assertRefused(object, HERE + "dev.vertxrpc.function.Samples$Box.get() returns T" + why);
    assertRefused(erased(), HERE + "dev.vertxrpc.function.Samples$Box.get() returns T" + why);
  }

  private static <T> Fn1<Box<T>, T> erased() {
    return Box::get;
  }

  @Test
  void refusesParametersThatNoCalleeCouldDecode() {
    Fn1<String, String> ofMethod = Ops::same;
    Fn1<String, Box<String>> ofConstructor = Box::new;
    Fn2<Source<List<String>>, List<String>, Boolean> ofClass = Source::put;
    VoidFn1<String> ignored = Ops::same;
    String why = " takes T, and nothing at run time says which type that is; wrap it in a method with"
        + " concrete types";

    assertRefused(ofMethod, HERE + "dev.vertxrpc.function.Samples$Ops.same(Object)" + why);
    assertRefused(ignored, HERE + "dev.vertxrpc.function.Samples$Ops.same(Object)" + why);
    assertRefused(ofConstructor, HERE + "new dev.vertxrpc.function.Samples$Box(Object)" + why);
    assertRefused(ofClass, HERE + "dev.vertxrpc.function.Samples$Source.put(Object)" + why);
  }

  private static void assertRefused(Serializable function, String message) {
    assertThatThrownBy(() -> MethodReference.of(function))
        .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static SerializedLambda lambda(String type, String method, Object[] captured) {
    return new SerializedLambda(RefusedReferenceTest.class, "dev/vertxrpc/Fn1", "apply",
        "(Ljava/lang/Object;)Ljava/lang/Object;", MethodHandleInfo.REF_invokeStatic, type, method,
        "(Ljava/lang/String;)Ljava/lang/String;", "(Ljava/lang/String;)Ljava/lang/String;", captured);
  }
}
