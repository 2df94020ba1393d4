package dev.vertxrpc.wire;

import static java.util.Objects.requireNonNull;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How one worker names a function of another: functions travel by name, never as code. A name that
 * came over the wire may be garbage; printing it is safe, and only a look-up decides what it means.
 * Immutable.
 *
 * @param kind what the name stands for
 * @param type the binary name of the class to look the function up in; for a method the class of the
 *     receiver as the caller knows it, which may inherit the method
 * @param method the name of the method; {@link #CONSTRUCTOR} for a constructor
 * @param descriptor the erased parameter and result types, as the class file has them
 */
public record FunctionName(Kind kind, String type, String method, String descriptor) {
  /** The method name of every constructor. */
  public static final String CONSTRUCTOR = "<init>";

  /** The longest part of a name that is printed whole; real ones are far shorter. */
  private static final int LONGEST_PRINTED = 300;

  /** What a name stands for. The codes are on the wire: never renumber, never reuse. */
  public enum Kind {
    STATIC((byte) 1),
    CONSTRUCTOR((byte) 2),
    METHOD((byte) 3);

    private final byte code;

    Kind(byte code) {
      this.code = code;
    }

    /** The number that stands for this kind on the wire. */
    public byte code() {
      return code;
    }

    /** The kind with that code; empty for a code that this version does not know. */
    public static Optional<Kind> ofCode(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  public FunctionName {
    requireNonNull(kind, "kind");
    requireNonNull(type, "type");
    requireNonNull(method, "method");
    requireNonNull(descriptor, "descriptor");
  }

  /** Short, for people: {@code com.acme.Ops.add(double[], double[])}, {@code new com.acme.Server(int)}. */
  @Override
  public String toString() {
    String parameters = parameters(ClassDesc::displayName);
    return kind == Kind.CONSTRUCTOR
        ? "new " + printable(type) + parameters
        : printable(type) + "." + printable(method) + parameters;
  }

  /** Everything but the class, with full type names: {@code static double[] add(double[], double[])}. */
  public String signature() {
    if (kind == Kind.CONSTRUCTOR) {
      return "new" + parameters(FunctionName::fullName);
    }
    String result = types().map(types -> fullName(types.returnType())).orElse("?");
    return (kind == Kind.STATIC ? "static " : "") + result + " " + printable(method)
        + parameters(FunctionName::fullName);
  }

  private String parameters(Function<ClassDesc, String> name) {
    return types()
        .map(types -> types.parameterList().stream().map(name).collect(Collectors.joining(", ", "(", ")")))
        .orElseGet(() -> "(" + printable(descriptor) + ")");
  }

  /** Empty for a descriptor that is none. */
  private Optional<MethodTypeDesc> types() {
    if (descriptor.length() > LONGEST_PRINTED * 10 || !isPrintable(descriptor)) {
      return Optional.empty();
    }
    try {
      return Optional.of(MethodTypeDesc.ofDescriptor(descriptor));
    } catch (IllegalArgumentException notADescriptor) {
      return Optional.empty();
    }
  }

  private static String fullName(ClassDesc type) {
    if (type.isArray()) {
      return fullName(type.componentType()) + "[]";
    }
    return type.packageName().isEmpty() ? type.displayName() : type.packageName() + "." + type.displayName();
  }

  private static boolean isPrintable(String text) {
    return text.codePoints().noneMatch(FunctionName::isUnprintable);
  }

  /** A peer's garbage must neither flood a log nor break its lines. */
  private static String printable(String text) {
    String cut = text.length() > LONGEST_PRINTED ? text.substring(0, LONGEST_PRINTED) + "..." : text;
    return cut.codePoints().map(c -> isUnprintable(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
  }

  private static boolean isUnprintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
