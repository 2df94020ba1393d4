package dev.vertxrpc.function;

import dev.vertxrpc.Concurrent;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.Remote;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.wire.FunctionName;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides whether a function that was found may be called, and makes it callable. Public members of
 * public classes only; and {@link Remote} must stand at a declaration of the function or at the type of
 * one, or the config expose that type or the object's, unless an interface was given out as the list of what
 * may be called. Immutable.
 *
 * @param executable what the name stands for
 * @param in the class of the object, or the class that declares a static function or a constructor
 * @param declarations {@code executable} and, for a method, all that it overrides or is overridden by
 */
record Exposure(FunctionName name, Executable executable, Class<?> in,
                List<? extends Executable> declarations) {
  private static final MethodHandles.Lookup PUBLIC = MethodHandles.publicLookup();

  static Exposure of(FunctionName name, Executable executable) {
    return new Exposure(name, executable, executable.getDeclaringClass(), List.of(executable));
  }

  static Exposure of(FunctionName name, Method method, Hierarchy object) {
    return new Exposure(name, method, object.self(), object.declarations(method));
  }

  /** The function, if it is annotated or {@code exposed}. */
  Function remote(Exposed exposed) {
    if (!isMarked(Remote.class) && !isListed(exposed)) {
      throw notExposed(howToExpose());
    }
    return function();
  }

  /** What every object has is not listed with its class: {@code wait} and {@code notify} least of all. */
  private boolean isListed(Exposed exposed) {
    List<? extends Class<?>> types =
        declarations.stream().map(Executable::getDeclaringClass).filter(type -> type != Object.class).toList();
    return !types.isEmpty() && (exposed.has(in) || types.stream().anyMatch(exposed::has));
  }

  /** The function, as one of an interface that was given out. */
  Function served(Class<?> api) {
    // What every object has is no part of an interface; wait and notify least of all.
    if (executable.getDeclaringClass() == Object.class) {
      throw notExposed("the object is shared as " + api.getName() + ", which does not declare it");
    }
    return function();
  }

  private Function function() {
    MethodHandle handle = Stream.concat(Stream.of(executable), declarations.stream())
        .flatMap(declared -> handle(declared).stream()).findFirst()
        .orElseThrow(() -> notExposed(howToReach()));
    Executable generic = executable instanceof Method method && name.kind() == FunctionName.Kind.METHOD
        ? Hierarchy.of(in).withGenerics(method)
        : executable;
    Signature signature = Signature.of(generic, in);
    for (Type parameter : signature.parameterTypes()) {
      if (TypeBindings.variables(parameter).findAny().isPresent()) {
        throw RpcException.of(RpcFailure.CODEC, name + " takes " + parameter.getTypeName() + ", and "
            + in.getName() + " does not say which type that is, so that no argument can be decoded;"
            + " wrap it in a method with concrete types");
      }
    }
    Type result = signature.resultType();
    if (TypeBindings.variables(result).findAny().isPresent()) {
      result = TypeBindings.of(in).erase(result);
    }
    Function.Mode mode = signature.async() ? Function.Mode.ASYNC
        : isMarked(NonBlocking.class) ? Function.Mode.NON_BLOCKING : Function.Mode.BLOCKING;
    boolean concurrent = isMarked(Concurrent.class) || in.isAnnotationPresent(Concurrent.class);
    return new Function(name, name.toString(), handle, signature.parameterTypes(), result, mode, concurrent);
  }

  private boolean isMarked(Class<? extends Annotation> mark) {
    return declarations.stream().anyMatch(declared -> declared.isAnnotationPresent(mark)
        || declared.getDeclaringClass().isAnnotationPresent(mark));
  }

  /** Empty unless the member is public, in a public class, in a package that its module exports. */
  private static Optional<MethodHandle> handle(Executable executable) {
    if (!isPublic(executable)) {
      return Optional.empty();
    }
    try {
      MethodHandle handle = executable instanceof Method method
          ? PUBLIC.unreflect(method)
          : PUBLIC.unreflectConstructor((Constructor<?>) executable);
      handle = handle.asFixedArity().asSpreader(Object[].class, executable.getParameterCount());
      if (Hierarchy.kind(executable) != FunctionName.Kind.METHOD) {
        handle = MethodHandles.dropArguments(handle, 0, Object.class);
      }
      return Optional.of(handle.asType(MethodType.methodType(Object.class, Object.class, Object[].class)));
    } catch (IllegalAccessException notExported) {
      return Optional.empty();
    }
  }

  private static boolean isPublic(Executable executable) {
    return Modifier.isPublic(executable.getModifiers())
        && Modifier.isPublic(executable.getDeclaringClass().getModifiers());
  }

  private RpcException notExposed(String why) {
    return RpcException.of(RpcFailure.NOT_EXPOSED, name + " is not exposed: " + why);
  }

  private String howToExpose() {
    Class<?> type = executable.getDeclaringClass();
    if (type == Object.class) {
      return Modifier.isFinal(executable.getModifiers())
          ? "every object has it, and no other worker may call it"
          : "every object has it; override it in " + in.getName() + ", and add @Remote there";
    }
    if (isOfJava(type)) {
      return "it belongs to Java; add " + Exposed.line(type) + ", or wrap it in a public static method of your own"
          + " that is @Remote";
    }
    String open = publish();
    return (open.isEmpty() ? "add @Remote to " + declaration() + " of " + type.getName() + ", or to the " + kind(type)
        : open + ", and add @Remote to it") + ", or add " + Exposed.line(type);
  }

  /** It may be called, but cannot. */
  private String howToReach() {
    Class<?> type = executable.getDeclaringClass();
    String open = publish();
    if (!open.isEmpty()) {
      return open;
    }
    return isOfJava(type) ? "Java keeps the package " + type.getPackageName() + " to itself"
        : "export the package " + type.getPackageName() + " in the module-info of " + type.getModule().getName();
  }

  /** What has to be made public; empty where nothing has. */
  private String publish() {
    Class<?> type = executable.getDeclaringClass();
    if (!Modifier.isPublic(type.getModifiers())) {
      return "make the " + kind(type) + " " + type.getName() + " public";
    }
    return Modifier.isPublic(executable.getModifiers()) ? ""
        : "make " + declaration() + " of " + type.getName() + " public";
  }

  private static String kind(Class<?> type) {
    return type.isInterface() ? "interface" : "class";
  }

  private static boolean isOfJava(Class<?> type) {
    return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
  }

  /** As in the source: {@code public static double[] add(double[], double[])}. */
  private String declaration() {
    int shown = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE | Modifier.STATIC;
    String modifiers = Modifier.toString(executable.getModifiers() & shown);
    String typeAndName = executable instanceof Method method
        ? method.getReturnType().getSimpleName() + " " + method.getName()
        : executable.getDeclaringClass().getSimpleName();
    return (modifiers.isEmpty() ? "" : modifiers + " ") + typeAndName
        + Stream.of(executable.getParameterTypes()).map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
