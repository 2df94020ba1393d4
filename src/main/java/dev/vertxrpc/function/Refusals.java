package dev.vertxrpc.function;

import dev.vertxrpc.wire.FunctionName;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;

/**
 * What is said of a method reference that names no function, and what to write instead.
 * Immutable.
 *
 * @param place the class in which the reference stands
 */
record Refusals(String place) {
  static IllegalArgumentException notAReference(Class<?> type) {
    return new IllegalArgumentException(type.getName() + " is a class of its own, not a method reference,"
        + " and code does not travel; put its body in a public static method that is @Remote, and write"
        + " Ops::method");
  }

  static IllegalArgumentException closedModule(Class<?> type, Exception cause) {
    return new IllegalArgumentException("In " + type.getName() + ": the method reference cannot be read;"
        + " add opens " + type.getPackageName() + " to the module-info of "
        + type.getModule().getName(), cause);
  }

  IllegalArgumentException lambda() {
    return refused("a lambda has no name that another worker could look up, nor has what the compiler turns"
        + " into one: a reference with spread varargs, to an array or inner class constructor, through super,"
        + " or to a protected method of another package; put its body in a public static method that is"
        + " @Remote, pass what it captures as arguments, and write Ops::method");
  }

  IllegalArgumentException boundReceiver(String type, String method) {
    String simple = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
    return refused("a reference to " + method + " is bound to one " + simple + ", and objects do not travel;"
        + " serve it, or own it as an RRef, and call " + simple + "::" + method + " on that");
  }

  IllegalArgumentException captures(int count) {
    return refused("the reference captures " + count + (count == 1 ? " value" : " values")
        + ", which would not travel; make them parameters of the method, and pass them as arguments");
  }

  IllegalArgumentException notPublic(FunctionName name, Executable executable) {
    return refused(name + " is " + (Modifier.isPrivate(executable.getModifiers()) ? "private" : "not public")
        + "; make it public and @Remote");
  }

  IllegalArgumentException classNotFound(String type, Throwable cause) {
    IllegalArgumentException refused = refused("the class " + type + " that the reference names cannot be"
        + " loaded; put it, and all that its signatures mention, on the class path of the caller too");
    refused.initCause(cause);
    return refused;
  }

  IllegalArgumentException methodNotFound(Class<?> type, String method) {
    return refused(type.getName() + " has no " + method + " of the type that the reference was compiled"
        + " against; compile the two together");
  }

  IllegalArgumentException generic(FunctionName name, String what) {
    return refused(name + " " + what + ", and nothing at run time says which type that is; wrap it in a"
        + " method with concrete types");
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("In " + place + ": " + why);
  }
}
