package dev.vertxrpc.function;

import dev.vertxrpc.wire.FunctionName;
import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A class and all that it inherits from, nearest first: itself, its superclasses, their interfaces,
 * {@link Object}. Reads declarations only, so that no static initialiser runs. Immutable.
 */
record Hierarchy(List<Class<?>> types) {
  static Hierarchy of(Class<?> type) {
    Set<Class<?>> classes = new LinkedHashSet<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      classes.add(c);
    }
    Set<Class<?>> all = new LinkedHashSet<>(classes);
    classes.forEach(c -> addInterfaces(c, all));
    all.add(Object.class);
    return new Hierarchy(List.copyOf(all));
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> all) {
    for (Class<?> implemented : type.getInterfaces()) {
      all.add(implemented);
      addInterfaces(implemented, all);
    }
  }

  Class<?> self() {
    return types.get(0);
  }

  /** The type of that name among them; nothing is loaded to find it. */
  Optional<Class<?>> named(String binaryName) {
    for (Class<?> type : types) {
      if (type.getName().equals(binaryName)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** All declarations of methods of that name, nearest first. */
  List<Method> methods(String name) {
    return types.stream().flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(method -> method.getName().equals(name)).toList();
  }

  /**
   * The public declarations of one instance method: those that it overrides or that override it here.
   * Compared as bound here, because {@code set(String)} of a {@code Box<String>} overrides {@code set(T)}.
   */
  List<Method> declarations(Method method) {
    TypeBindings bindings = TypeBindings.of(self());
    List<Class<?>> parameters = erasedParameters(method, bindings);
    return methods(method.getName()).stream()
        .filter(other -> Modifier.isPublic(other.getModifiers()) && !Modifier.isStatic(other.getModifiers()))
        .filter(other -> erasedParameters(other, bindings).equals(parameters))
        .toList();
  }

  /** The declaration that has the generics: a bridge, which the compiler adds, has none. */
  Method withGenerics(Method method) {
    if (!method.isBridge()) {
      return method;
    }
    String descriptor = descriptor(method);
    for (Method other : methods(method.getName())) {
      if (!other.isBridge() && descriptor(other).equals(descriptor)) {
        return other;
      }
    }
    return method;
  }

  private static List<Class<?>> erasedParameters(Method method, TypeBindings bindings) {
    List<Class<?>> erased = new ArrayList<>();
    Arrays.stream(method.getGenericParameterTypes()).map(bindings::erase).forEach(erased::add);
    return erased;
  }

  static String descriptor(Executable executable) {
    Class<?> result = executable instanceof Method method ? method.getReturnType() : void.class;
    return MethodType.methodType(result, executable.getParameterTypes()).descriptorString();
  }

  static FunctionName.Kind kind(Executable executable) {
    if (!(executable instanceof Method)) {
      return FunctionName.Kind.CONSTRUCTOR;
    }
    return Modifier.isStatic(executable.getModifiers()) ? FunctionName.Kind.STATIC : FunctionName.Kind.METHOD;
  }

  /** The name of {@code executable}, to be looked up in {@code type}, which declares or inherits it. */
  static FunctionName name(Executable executable, Class<?> type) {
    FunctionName.Kind kind = kind(executable);
    return new FunctionName(kind, type.getName(),
        kind == FunctionName.Kind.CONSTRUCTOR ? FunctionName.CONSTRUCTOR : executable.getName(),
        descriptor(executable));
  }
}
