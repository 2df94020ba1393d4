package dev.vertxrpc.function;

import dev.vertxrpc.wire.FunctionName;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Executable;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads method references through {@link SerializedLambda} and refuses what names no function. A
 * reference that captures nothing has one class per call site, which is the key of the cache, so that
 * nothing outlives the class that wrote it. Thread-safe.
 */
final class MethodReferences {
  private static final ClassValue<Site> SITES = new ClassValue<>() {
    @Override
    protected Site computeValue(Class<?> type) {
      return new Site();
    }
  };

  /** A call site, and what was read there; a race reads twice, to the same effect. */
  private static final class Site {
    private volatile MethodReference reference;
  }

  private MethodReferences() {}

  static MethodReference of(Serializable function) {
    if (function == null) {
      throw new IllegalArgumentException("the function is null; write a method reference, such as Ops::add");
    }
    Site site = SITES.get(function.getClass());
    MethodReference reference = site.reference;
    if (reference == null) {
      reference = read(serialized(function), function.getClass().getClassLoader());
      site.reference = reference;
    }
    return reference;
  }

  static MethodReference of(Class<?> receiver, Method method) {
    MethodType instantiated = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    return reference(new Refusals(receiver.getName()), method, receiver, instantiated, true);
  }

  private static SerializedLambda serialized(Serializable function) {
    Class<?> type = function.getClass();
    try {
      Method writeReplace = type.getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      // Synthetic: a class that a person wrote may return another lambda from each of its objects.
      if (type.isSynthetic() && writeReplace.invoke(function) instanceof SerializedLambda lambda) {
        return lambda;
      }
      throw Refusals.notAReference(type);
    } catch (NoSuchMethodException e) {
      throw Refusals.notAReference(type);
    } catch (InaccessibleObjectException e) {
      throw Refusals.closedModule(type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read the method reference " + type.getName(), e);
    }
  }

  static MethodReference read(SerializedLambda lambda, ClassLoader loader) {
    Refusals refusals = new Refusals(lambda.getCapturingClass().replace('/', '.'));
    String type = lambda.getImplClass().replace('/', '.');
    if (lambda.getImplMethodName().contains("lambda$")) {
      throw refusals.lambda();
    }
    if (lambda.getCapturedArgCount() > 0) {
      throw isInstanceMethod(lambda)
          ? refusals.boundReceiver(type, lambda.getImplMethodName())
          : refusals.captures(lambda.getCapturedArgCount());
    }
    try {
      Executable executable = executable(lambda, Class.forName(type, false, loader), refusals);
      MethodType instantiated =
          MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader);
      // An inherited method names the class that declares it: the receiver is in the instantiated type.
      Class<?> owner = executable.getDeclaringClass();
      if (isInstanceMethod(lambda)) {
        owner = instantiated.parameterType(0);
        instantiated = instantiated.dropParameterTypes(0, 1);
      }
      boolean wantsResult = !lambda.getFunctionalInterfaceMethodName().equals("run");
      return reference(refusals, executable, owner, instantiated, wantsResult);
    } catch (ClassNotFoundException | TypeNotPresentException | LinkageError e) {
      throw refusals.classNotFound(type, e);
    }
  }

  private static boolean isInstanceMethod(SerializedLambda lambda) {
    return switch (lambda.getImplMethodKind()) {
      case MethodHandleInfo.REF_invokeVirtual, MethodHandleInfo.REF_invokeInterface,
          MethodHandleInfo.REF_invokeSpecial -> true;
      default -> false;
    };
  }

  private static Executable executable(SerializedLambda lambda, Class<?> type, Refusals refusals) {
    String name = lambda.getImplMethodName();
    Stream<? extends Executable> members = name.equals(FunctionName.CONSTRUCTOR)
        ? Stream.of(type.getDeclaredConstructors())
        : Stream.of(type.getDeclaredMethods()).filter(method -> method.getName().equals(name));
    Executable found = members
        .filter(member -> Hierarchy.descriptor(member).equals(lambda.getImplMethodSignature()))
        .findFirst()
        .orElseThrow(() -> refusals.methodNotFound(type, name));
    // Bodies of lambdas are synthetic whatever a compiler calls them; so are bridges, which have names.
    if (found.isSynthetic() && !(found instanceof Method method && method.isBridge())) {
      throw refusals.lambda();
    }
    return found;
  }

  /** {@code instantiated}: the erased types at the call site, without the receiver. */
  private static MethodReference reference(Refusals refusals, Executable executable, Class<?> owner,
                                           MethodType instantiated, boolean wantsResult) {
    FunctionName name = Hierarchy.name(executable, owner);
    if (!Modifier.isPublic(executable.getModifiers())) {
      throw refusals.notPublic(name, executable);
    }
    boolean isMethod = name.kind() == FunctionName.Kind.METHOD;
    Executable generic = executable instanceof Method method
        ? Hierarchy.of(owner).withGenerics(method)
        : executable;
    Signature signature = Signature.of(generic, owner);
    List<Type> parameters = new ArrayList<>();
    for (Type declared : signature.parameterTypes()) {
      int i = parameters.size();
      // A callee learns a variable from the class of the object; of any other it never hears.
      boolean known = isMethod && TypeBindings.variables(declared)
          .allMatch(variable -> variable.getGenericDeclaration() instanceof Class<?>);
      parameters.add(concrete(declared, known ? instantiated.parameterType(i) : Object.class)
          .orElseThrow(() -> refusals.generic(name, "takes " + declared.getTypeName())));
    }
    Type result = wantsResult
        ? concrete(signature.resultType(), instantiated.returnType())
            .orElseThrow(() -> refusals.generic(name, "returns " + signature.resultType().getTypeName()))
        : Void.class;
    return new MethodReference(name, name.toString(), List.copyOf(parameters), result,
        isMethod ? owner : null);
  }

  /**
   * The declared type or, where it has variables, the class at the call site. Object says nothing: it is
   * also what is left of a variable of the method that contains the call.
   */
  private static Optional<Type> concrete(Type declared, Class<?> atCallSite) {
    if (TypeBindings.variables(declared).findAny().isEmpty()) {
      return Optional.of(declared);
    }
    Class<?> element = atCallSite;
    while (element.isArray()) {
      element = element.componentType();
    }
    return element == Object.class || element.getTypeParameters().length > 0
        ? Optional.empty()
        : Optional.of(atCallSite);
  }
}
