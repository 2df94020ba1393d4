package dev.vertxrpc.function;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.wire.FunctionName;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions of this worker that others may call, found by name. A name comes from another machine
 * and is not trusted: only what was found and may be called is remembered, nothing is initialised
 * before that is known, and the class of a method is taken from the object, never loaded. Thread-safe.
 */
public final class FunctionTable {
  private static final int LONGEST_NAME = 512;
  private static final int LONGEST_DESCRIPTOR = 4096;
  private static final int NAMESAKES_SHOWN = 3;

  /** A method of an object that is shared as {@code api}; null: as whatever is exposed in it. */
  private record MethodKey(FunctionName name, Class<?> api) {}

  private final ClassLoader loader;
  private final Exposed exposed;
  private final Map<FunctionName, Function> functions = new ConcurrentHashMap<>();
  /** Kept at the object's class, so that a class may be unloaded that is no longer in use. */
  private final ClassValue<Map<MethodKey, Function>> methods = new ClassValue<>() {
    @Override
    protected Map<MethodKey, Function> computeValue(Class<?> type) {
      return new ConcurrentHashMap<>();
    }
  };

  public FunctionTable(ClassLoader loader, Exposed exposed) {
    this.loader = loader;
    this.exposed = exposed;
  }

  /**
   * The static function or constructor of that name.
   *
   * @throws RpcException NO_SUCH_FUNCTION or NOT_EXPOSED, with what to do about it; CODEC where a
   *     parameter has no concrete type
   */
  public Function function(FunctionName name) {
    Function known = functions.get(name);
    return known != null ? known : remember(functions, name, name,
        () -> Exposure.of(name, find(name)).remote(exposed));
  }

  /** The method of that name of an object of class {@code object}; throws as {@link #function} does. */
  public Function method(FunctionName name, Class<?> object) {
    MethodKey key = new MethodKey(name, null);
    Map<MethodKey, Function> known = methods.get(object);
    Function function = known.get(key);
    return function != null ? function : remember(known, key, name, () -> {
      Hierarchy hierarchy = Hierarchy.of(object);
      return Exposure.of(name, find(name, hierarchy), hierarchy).remote(exposed);
    });
  }

  /**
   * The same of an object that is shared as {@code api}: all that {@code api} declares or inherits may be
   * called, and nothing else.
   */
  public Function served(FunctionName name, Class<?> api, Class<?> object) {
    MethodKey key = new MethodKey(name, api);
    Map<MethodKey, Function> known = methods.get(object);
    Function function = known.get(key);
    return function != null ? function : remember(known, key, name, () -> {
      Method found = find(name, Hierarchy.of(api));
      return Exposure.of(name, found, Hierarchy.of(object)).served(api);
    });
  }

  private static <K> Function remember(Map<K, Function> known, K key, FunctionName name,
                                       Supplier<Function> find) {
    checkNames(name);
    try {
      Function function = find.get();
      Function first = known.putIfAbsent(key, function);
      return first == null ? function : first;
    } catch (LinkageError | TypeNotPresentException e) {
      throw missing(name, "the class path here lacks something that " + name.type() + " needs").withCause(e);
    }
  }

  private Executable find(FunctionName name) {
    Class<?> type = load(name);
    return switch (name.kind()) {
      case STATIC -> match(name, type, Hierarchy.of(type).methods(name.method()));
      case CONSTRUCTOR -> match(name, type, List.of(type.getDeclaredConstructors()));
      case METHOD -> throw missing(name, "it is a method, and the call names no object");
    };
  }

  private static Method find(FunctionName name, Hierarchy hierarchy) {
    if (name.kind() != FunctionName.Kind.METHOD) {
      throw missing(name, "it is not a method, and the call names an object");
    }
    Class<?> type = hierarchy.named(name.type()).orElseThrow(() ->
        missing(name, "the object there is a " + hierarchy.self().getName()
            + ", which is no " + name.type()));
    return match(name, type, Hierarchy.of(type).methods(name.method()));
  }

  private Class<?> load(FunctionName name) {
    // Asked first, because a class loader keeps a lock for every name that it was ever asked to load.
    if (loader.getResource(name.type().replace('.', '/') + ".class") != null) {
      try {
        return Class.forName(name.type(), false, loader);
      } catch (ClassNotFoundException e) {
        // As if the resource were not there.
      }
    }
    throw missing(name, "code is not shipped: the class path here must have " + name.type());
  }

  private static <E extends Executable> E match(FunctionName name, Class<?> type, List<E> namesakes) {
    List<E> matches = namesakes.stream()
        .filter(e -> Hierarchy.kind(e) == name.kind() && Hierarchy.descriptor(e).equals(name.descriptor()))
        .toList();
    if (matches.isEmpty()) {
      throw namesakes.isEmpty()
          ? missing(name, "code is not shipped: " + type.getName() + " here has no " + name.method()
              + ", so the class path here must have the caller's build of it")
          : buildsDiffer(name, namesakes.stream().filter(e -> Modifier.isPublic(e.getModifiers())).toList());
    }
    // A superclass may have a private method beside the public one of an interface.
    return matches.stream().filter(e -> Modifier.isPublic(e.getModifiers())).findFirst()
        .orElse(matches.get(0));
  }

  private static RpcException buildsDiffer(FunctionName name, List<? extends Executable> namesakes) {
    String here = Stream.concat(
            namesakes.stream().filter(e -> !e.isSynthetic()).limit(NAMESAKES_SHOWN)
                .map(e -> Hierarchy.name(e, e.getDeclaringClass()).signature()),
            namesakes.size() > NAMESAKES_SHOWN ? Stream.of("...") : Stream.empty())
        .collect(Collectors.joining(" and "));
    return missing(name, "the two builds differ: the caller has " + name.signature() + ", here is "
        + (here.isEmpty() ? "none that is public" : here));
  }

  /** A class loader is asked for nothing that could not be a name. */
  private static void checkNames(FunctionName name) {
    boolean isConstructor = name.kind() == FunctionName.Kind.CONSTRUCTOR;
    boolean plausible = name.descriptor().length() <= LONGEST_DESCRIPTOR
        && isName(name.type(), true)
        && (isConstructor ? name.method().equals(FunctionName.CONSTRUCTOR) : isName(name.method(), false));
    if (!plausible) {
      throw RpcException.of(RpcFailure.NO_SUCH_FUNCTION, "the call names no function, but " + name);
    }
  }

  /** Java's rules, and the minus sign that Kotlin puts in names; no arrays, no paths. */
  private static boolean isName(String name, boolean dots) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.startsWith(".") || name.endsWith(".")
        || name.contains("..")) {
      return false;
    }
    return name.codePoints().allMatch(c -> c == '-' || dots && c == '.'
        || Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  private static RpcException missing(FunctionName name, String why) {
    return RpcException.of(RpcFailure.NO_SUCH_FUNCTION, "there is no " + name + ": " + why);
  }
}
