package dev.vertxrpc.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.AsyncFn0;
import dev.vertxrpc.AsyncFn1;
import dev.vertxrpc.AsyncFn2;
import dev.vertxrpc.Fn0;
import dev.vertxrpc.Fn1;
import dev.vertxrpc.Fn2;
import dev.vertxrpc.Fn3;
import dev.vertxrpc.Fn4;
import dev.vertxrpc.Fn5;
import dev.vertxrpc.Fn6;
import dev.vertxrpc.Fn7;
import dev.vertxrpc.RRef;
import dev.vertxrpc.VoidFn0;
import dev.vertxrpc.VoidFn1;
import dev.vertxrpc.VoidFn2;
import dev.vertxrpc.function.Samples.Box;
import dev.vertxrpc.function.Samples.Ops;
import dev.vertxrpc.function.Samples.Picky;
import dev.vertxrpc.function.Samples.PriceService;
import dev.vertxrpc.function.Samples.Server;
import dev.vertxrpc.function.Samples.Source;
import dev.vertxrpc.function.Samples.StringBox;
import dev.vertxrpc.wire.FunctionName;
import dev.vertxrpc.wire.FunctionName.Kind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodReferenceTest {
  private static final String SAMPLES = "dev.vertxrpc.function.Samples$";

  @Test
  void namesAStaticFunction() {
    Fn2<double[], double[], double[]> add = Ops::add;

    MethodReference reference = MethodReference.of(add);

    assertThat(reference.name()).isEqualTo(new FunctionName(Kind.STATIC, SAMPLES + "Ops", "add", "([D[D)[D"));
    assertThat(reference.parameterTypes()).containsExactly(double[].class, double[].class);
    assertThat(reference.resultType()).isEqualTo(double[].class);
    assertThat(reference.receiver()).isNull();
    assertThat(reference).hasToString(SAMPLES + "Ops.add(double[], double[])");
  }

  @Test
  void namesFunctionsOfEveryArity() {
    Fn0<String> f0 = Ops::none;
    Fn1<String, String> f1 = Ops::one;
    Fn2<String, Integer, String> f2 = Ops::two;
    Fn3<String, Integer, Long, String> f3 = Ops::three;
    Fn4<String, Integer, Long, Double, String> f4 = Ops::four;
    Fn5<String, Integer, Long, Double, Character, String> f5 = Ops::five;
    Fn6<String, Integer, Long, Double, Character, Boolean, String> f6 = Ops::six;
    Fn7<String, Integer, Long, Double, Character, Boolean, Byte, String> f7 = Ops::seven;
    List<Class<?>> types = List.of(String.class, int.class, long.class, double.class, char.class,
        boolean.class, byte.class);

    List<Serializable> functions = List.of(f0, f1, f2, f3, f4, f5, f6, f7);

    for (int arity = 0; arity < functions.size(); arity++) {
      assertThat(MethodReference.of(functions.get(arity)).parameterTypes())
          .isEqualTo(types.subList(0, arity));
    }
  }

  @Test
  void picksTheConstructorThatFits() {
    Fn0<Server> none = Server::new;
    Fn1<Integer, Server> number = Server::new;
    Fn1<String, Server> name = Server::new;

    assertThat(MethodReference.of(none).name().descriptor()).isEqualTo("()V");
    assertThat(MethodReference.of(number).name())
        .isEqualTo(new FunctionName(Kind.CONSTRUCTOR, SAMPLES + "Server", "<init>", "(I)V"));
    assertThat(MethodReference.of(name).parameterTypes()).containsExactly(String.class);
    assertThat(MethodReference.of(name).resultType()).isEqualTo(Server.class);
  }

  @Test
  void leavesTheReceiverOutOfTheParameters() {
    VoidFn2<Server, String> rename = Server::rename;

    MethodReference reference = MethodReference.of(rename);

    assertThat(reference.name())
        .isEqualTo(new FunctionName(Kind.METHOD, SAMPLES + "Server", "rename", "(Ljava/lang/String;)V"));
    assertThat(reference.parameterTypes()).containsExactly(String.class);
    assertThat(reference.receiver()).isEqualTo(Server.class);
  }

  @Test
  void takesTheReceiverOfAnInheritedMethodFromTheCallSite() {
    Fn1<Server, Integer> inherited = Server::size;
    Fn1<Picky, Integer> declared = Picky::size;

    assertThat(MethodReference.of(inherited).name().type()).isEqualTo(SAMPLES + "Server");
    assertThat(MethodReference.of(declared).name().type()).isEqualTo(SAMPLES + "Picky");
  }

  @Test
  void namesMethodsOfInterfaces() {
    AsyncFn2<PriceService, String, Double> method = PriceService::price;

    MethodReference reference = MethodReference.of(method);

    assertThat(reference.name().kind()).isEqualTo(Kind.METHOD);
    assertThat(reference.name().type()).isEqualTo(SAMPLES + "PriceService");
    assertThat(reference.resultType()).isEqualTo(Double.class);
  }

  @Test
  void flattensFuturesAndKeepsGenerics() {
    AsyncFn1<Map<String, List<Integer>>, List<String>> later = Ops::later;

    MethodReference reference = MethodReference.of(later);

    assertThat(reference.parameterTypes())
        .containsExactly(new TypeReference<Map<String, List<Integer>>>() {}.getType());
    assertThat(reference.resultType()).isEqualTo(new TypeReference<List<String>>() {}.getType());
  }

  @Test
  void noResultIsVoid() {
    VoidFn1<String> log = Ops::log;
    AsyncFn0<Void> done = Ops::done;
    VoidFn0 ignored = Ops::none;

    assertThat(List.of(log, done, ignored)).extracting(f -> MethodReference.of(f).resultType())
        .containsOnly(Void.class);
  }

  @Test
  void bindsTypeVariablesInTheClassOfTheReceiver() {
    Fn2<StringBox, List<String>, List<String>> list = StringBox::list;
    AsyncFn1<StringBox, String> later = StringBox::later;
    Fn2<StringBox, String, Boolean> put = StringBox::put;

    assertThat(MethodReference.of(list).parameterTypes())
        .containsExactly(new TypeReference<List<String>>() {}.getType());
    assertThat(MethodReference.of(list).resultType())
        .isEqualTo(new TypeReference<List<String>>() {}.getType());
    assertThat(MethodReference.of(later).resultType()).isEqualTo(String.class);
    assertThat(MethodReference.of(put).name().descriptor()).isEqualTo("(Ljava/lang/String;)Z");
  }

  @Test
  void takesWhatTheReceiverLeavesOpenFromTheCallSite() {
    Fn1<Box<String>, String> get = Box::get;
    Fn2<Source<int[]>, int[], Boolean> put = Source::put;

    assertThat(MethodReference.of(get).resultType()).isEqualTo(String.class);
    assertThat(MethodReference.of(put).parameterTypes()).containsExactly(int[].class);
  }

  @Test
  void takesAnyRefWithoutKnowingItsValue() {
    Fn1<RRef<String>, Boolean> hold = Ops::hold;

    assertThat(MethodReference.of(hold).parameterTypes()).containsExactly(RRef.class);
  }

  @Test
  void makesAGenericObjectWithoutItsTypeArguments() {
    Fn0<ArrayList<String>> list = ArrayList::new;

    assertThat(MethodReference.of(list).resultType()).isEqualTo(ArrayList.class);
  }

  @Test
  void readsACallSiteOnce() {
    MethodReference first = null;
    for (int i = 0; i < 3; i++) {
      Fn1<String, String> one = Ops::one;
      MethodReference reference = MethodReference.of(one);
      first = first == null ? reference : first;

      assertThat(reference).isSameAs(first);
    }
    Fn1<String, String> elsewhere = Ops::one;
    assertThat(MethodReference.of(elsewhere)).isNotSameAs(first).isEqualTo(first);
  }

  @Test
  void readsMethodsForProxies() throws Exception {
    MethodReference price = MethodReference.of(PriceService.class,
        PriceService.class.getMethod("price", String.class));

    AsyncFn2<PriceService, String, Double> written = PriceService::price;
    assertThat(price).isEqualTo(MethodReference.of(written));
  }
}
