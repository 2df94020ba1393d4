package dev.vertxrpc.call;

import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.function.Exposed;

/**
 * What the application gives to one worker. Filled before the join, read after it; thread-safe as long as that is so.
 *
 * @param functions where the classes of functions are looked for
 * @param exposed what may be called beside what says so itself
 * @param codecs what values are encoded with
 * @param objects what calls can reach beside functions and references
 * @param exceptions what makes exceptions of what other workers' functions threw
 * @param listeners who is told what the worker does
 */
public record Application(ClassLoader functions, Exposed exposed, Codecs codecs, ApplicationObjects objects,
                          ExceptionFactories exceptions, Listeners listeners) {
  /** Nothing but functions, so far. */
  public Application(ClassLoader functions, Exposed exposed, ValueCodec builtIn) {
    this(functions, exposed, new Codecs(builtIn), new ApplicationObjects(), new ExceptionFactories(), new Listeners());
  }
}
