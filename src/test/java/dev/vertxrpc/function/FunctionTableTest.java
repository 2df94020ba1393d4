package dev.vertxrpc.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.AsyncFn1;
import dev.vertxrpc.AsyncFn2;
import dev.vertxrpc.Fn0;
import dev.vertxrpc.Fn1;
import dev.vertxrpc.Fn2;
import dev.vertxrpc.Fn7;
import dev.vertxrpc.RRef;
import dev.vertxrpc.VoidFn1;
import dev.vertxrpc.VoidFn2;
import dev.vertxrpc.function.Function.Mode;
import dev.vertxrpc.function.Samples.Box;
import dev.vertxrpc.function.Samples.HiddenPrices;
import dev.vertxrpc.function.Samples.Ops;
import dev.vertxrpc.function.Samples.Picky;
import dev.vertxrpc.function.Samples.PriceService;
import dev.vertxrpc.function.Samples.Quiet;
import dev.vertxrpc.function.Samples.Server;
import dev.vertxrpc.function.Samples.Source;
import dev.vertxrpc.function.Samples.StringBox;
import dev.vertxrpc.wire.FunctionName;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FunctionTableTest {
  private final FunctionTable table = new FunctionTable(getClass().getClassLoader(), new Exposed(Set.of()));

  @Test
  void invokesStaticFunctionsAndConstructors() throws Throwable {
    Fn2<double[], double[], double[]> add = Ops::add;
    Fn7<String, Integer, Long, Double, Character, Boolean, Byte, String> seven = Ops::seven;
    Fn1<Integer, Server> create = Server::new;

    assertThat((double[]) function(add).invoke(null, new Object[] {new double[] {1}, new double[] {2}}))
        .containsExactly(3);
    assertThat(function(seven).invoke(null, new Object[] {"a", 1, 2L, 3.0, 'c', true, (byte) 4}))
        .isEqualTo("a123.0ctrue4");
    assertThat(((Server) function(create).invoke(null, new Object[] {7})).name()).isEqualTo("server7");
  }

  @Test
  void invokesMethodsOfTheObject() throws Throwable {
    Fn1<Server, String> name = Server::name;
    VoidFn2<Server, String> rename = Server::rename;
    Fn1<Picky, Integer> size = Picky::size;

    assertThat(method(name, Server.class).invoke(new Server("x"), new Object[0])).isEqualTo("x");
    assertThat(method(rename, Server.class).invoke(new Server(), new Object[] {"y"})).isNull();
    assertThat(method(size, Quiet.class).invoke(new Quiet(), new Object[0])).isEqualTo(10);
  }

  @Test
  void throwsWhatTheFunctionThrows() {
    VoidFn1<String> fail = Ops::fail;

    assertThatThrownBy(() -> function(fail).invoke(null, new Object[] {"why"}))
        .isInstanceOf(IOException.class).hasMessage("why");
  }

  @Test
  void knowsHowAFunctionRuns() {
    AsyncFn1<Map<String, List<Integer>>, List<String>> later = Ops::later;
    Fn0<Integer> quick = Ops::quick;
    VoidFn1<String> log = Ops::log;

    assertThat(function(later).mode()).isEqualTo(Mode.ASYNC);
    assertThat(function(quick).mode()).isEqualTo(Mode.NON_BLOCKING);
    assertThat(function(log).mode()).isEqualTo(Mode.BLOCKING);
  }

  @Test
  void takesTurnsUnlessTheMethodOrTheObjectIsConcurrent() {
    Fn1<Picky, Integer> size = Picky::size;
    Fn1<Server, String> name = Server::name;
    Fn1<StringBox, String> get = StringBox::get;

    assertThat(method(size, Quiet.class).concurrent()).isTrue();
    assertThat(method(name, Server.class).concurrent()).isTrue();
    assertThat(method(get, StringBox.class).concurrent()).isFalse();
  }

  @Test
  void agreesWithTheCallerOnTypes() {
    AsyncFn1<Map<String, List<Integer>>, List<String>> later = Ops::later;
    MethodReference reference = MethodReference.of(later);

    Function function = table.function(reference.name());

    assertThat(function.parameterTypes()).isEqualTo(reference.parameterTypes());
    assertThat(function.resultType()).isEqualTo(reference.resultType());
    assertThat(function).hasToString(reference.text());
  }

  @Test
  void bindsTypeVariablesInTheClassOfTheObject() throws Throwable {
    Fn2<Source<String>, String, Boolean> put = Source::put;
    Fn2<StringBox, List<String>, List<String>> list = StringBox::list;

    assertThat(method(put, StringBox.class).parameterTypes()).containsExactly(String.class);
    assertThat(method(put, StringBox.class).invoke(new StringBox(), new Object[] {""})).isEqualTo(true);
    assertThat(method(list, StringBox.class).parameterTypes())
        .containsExactly(new TypeReference<List<String>>() {}.getType());
  }

  @Test
  void encodesAnUnboundResultAsItsErasureAndRefusesAnUnboundParameter() {
    Fn1<Box<String>, String> get = Box::get;
    Fn2<Box<String>, String, Boolean> put = Box::put;

    assertThat(method(get, Box.class).resultType()).isEqualTo(Object.class);
    TableFailures.assertCodec(() -> method(put, Box.class), "dev.vertxrpc.function.Samples$Box.put(Object)"
        + " takes T, and dev.vertxrpc.function.Samples$Box does not say which type that is, so that no"
        + " argument can be decoded; wrap it in a method with concrete types");
  }

  @Test
  void takesAnyRef() {
    Fn1<RRef<String>, Boolean> hold = Ops::hold;

    assertThat(function(hold).parameterTypes()).containsExactly(RRef.class);
  }

  @Test
  void reachesAClassThatIsNotPublicThroughItsInterface() throws Throwable {
    Fn1<Source<String>, String> get = Source::get;
    AsyncFn1<HiddenPrices, String> later = HiddenPrices::later;

    assertThat(method(get, HiddenPrices.class).invoke(new HiddenPrices(), new Object[0])).isEqualTo("hidden");
    assertThat(((Future<?>) method(later, HiddenPrices.class).invoke(new HiddenPrices(),
        new Object[0])).result())
        .isEqualTo("later");
  }

  @Test
  void servesAllOfAnInterfaceWithoutAnnotations() throws Throwable {
    AsyncFn2<PriceService, String, Double> price = PriceService::price;
    Fn1<PriceService, String> unit = PriceService::unit;

    Function served = table.served(name(price), PriceService.class, HiddenPrices.class);

    assertThat(((Future<?>) served.invoke(new HiddenPrices(),
        new Object[] {"ACME"})).result()).isEqualTo(1.5);
    assertThat(served.resultType()).isEqualTo(Double.class);
    assertThat(table.served(name(unit), PriceService.class, HiddenPrices.class)
        .invoke(new HiddenPrices(), new Object[0])).isEqualTo("EUR");
  }

  @Test
  void remembersWhatItFound() {
    Fn0<Integer> quick = Ops::quick;
    Fn1<Picky, Integer> size = Picky::size;
    AsyncFn2<PriceService, String, Double> price = PriceService::price;

    assertThat(function(quick)).isSameAs(function(quick));
    assertThat(method(size, Quiet.class)).isSameAs(method(size, Quiet.class))
        .isNotSameAs(method(size, Picky.class));
    assertThat(table.served(name(price), PriceService.class, HiddenPrices.class))
        .isSameAs(table.served(name(price), PriceService.class, HiddenPrices.class));
  }

  private Function function(Serializable reference) {
    return table.function(name(reference));
  }

  private Function method(Serializable reference, Class<?> object) {
    return table.method(name(reference), object);
  }

  private static FunctionName name(Serializable reference) {
    return MethodReference.of(reference).name();
  }
}
