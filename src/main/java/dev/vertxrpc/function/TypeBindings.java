package dev.vertxrpc.function;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the type variables of a type and of all it inherits from stand for: in {@code StringBox extends
 * Box<String>}, the {@code T} of {@code Box} is {@code String}. A variable that nothing binds stays
 * what it is. Immutable.
 */
record TypeBindings(Map<TypeVariable<?>, Type> bound) {
  static TypeBindings of(Type type) {
    Map<TypeVariable<?>, Type> bound = new HashMap<>();
    bind(type, bound);
    return new TypeBindings(bound);
  }

  private static void bind(Type type, Map<TypeVariable<?>, Type> bound) {
    TypeBindings soFar = new TypeBindings(bound);
    Class<?> raw = soFar.erase(type);
    if (type instanceof ParameterizedType parameterized) {
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        bound.put(variables[i], soFar.resolve(parameterized.getActualTypeArguments()[i]));
      }
    }
    if (raw.getGenericSuperclass() != null) {
      bind(raw.getGenericSuperclass(), bound);
    }
    for (Type implemented : raw.getGenericInterfaces()) {
      bind(implemented, bound);
    }
  }

  /** The same type with every variable replaced that is bound here. */
  Type resolve(Type type) {
    if (variables(type).noneMatch(bound::containsKey)) {
      return type;
    }
    if (type instanceof TypeVariable<?> variable) {
      return bound.get(variable);
    }
    if (type instanceof WildcardType wildcard) {
      // ? extends T: a value is decoded as its bound in any case.
      return resolve(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof GenericArrayType array) {
      return arrayOf(resolve(array.getGenericComponentType()));
    }
    ParameterizedType parameterized = (ParameterizedType) type;
    return new Parameterized((Class<?>) parameterized.getRawType(), parameterized.getOwnerType(),
        Stream.of(parameterized.getActualTypeArguments()).map(this::resolve).toList());
  }

  /** The class that is left of the type at run time. */
  Class<?> erase(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    if (type instanceof ParameterizedType parameterized) {
      return (Class<?>) parameterized.getRawType();
    }
    if (type instanceof GenericArrayType array) {
      return erase(array.getGenericComponentType()).arrayType();
    }
    if (type instanceof WildcardType wildcard) {
      return erase(wildcard.getUpperBounds()[0]);
    }
    TypeVariable<?> variable = (TypeVariable<?>) type;
    return erase(bound.containsKey(variable) ? bound.get(variable) : variable.getBounds()[0]);
  }

  /** The type variables that a type mentions. */
  static Stream<TypeVariable<?>> variables(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      return Stream.of(variable);
    }
    if (type instanceof ParameterizedType parameterized) {
      return Arrays.stream(parameterized.getActualTypeArguments()).flatMap(TypeBindings::variables);
    }
    if (type instanceof GenericArrayType array) {
      return variables(array.getGenericComponentType());
    }
    if (type instanceof WildcardType wildcard) {
      return Stream.of(wildcard.getUpperBounds(), wildcard.getLowerBounds())
          .flatMap(Arrays::stream).flatMap(TypeBindings::variables);
    }
    return Stream.empty();
  }

  private static Type arrayOf(Type component) {
    return component instanceof Class<?> plain ? plain.arrayType() : new GenericArray(component);
  }

  /** {@code List<String>} made of {@code List<T>}; equal to the one that the platform makes. */
  private record Parameterized(Class<?> raw, Type owner, List<Type> arguments) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public Type getOwnerType() {
      return owner;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ParameterizedType that && raw.equals(that.getRawType())
          && Objects.equals(owner, that.getOwnerType())
          && arguments.equals(List.of(that.getActualTypeArguments()));
    }

    @Override
    public int hashCode() {
      return arguments.hashCode() ^ Objects.hashCode(owner) ^ raw.hashCode();
    }

    @Override
    public String toString() {
      return arguments.stream().map(Type::getTypeName)
          .collect(Collectors.joining(", ", raw.getTypeName() + "<", ">"));
    }
  }

  /** {@code List<String>[]} made of {@code List<T>[]}; equal to the one that the platform makes. */
  private record GenericArray(Type component) implements GenericArrayType {
    @Override
    public Type getGenericComponentType() {
      return component;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof GenericArrayType that && component.equals(that.getGenericComponentType());
    }

    @Override
    public int hashCode() {
      return component.hashCode();
    }

    @Override
    public String toString() {
      return component.getTypeName() + "[]";
    }
  }
}
