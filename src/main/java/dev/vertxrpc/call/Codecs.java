package dev.vertxrpc.call;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RpcCodec;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.ValueCodec;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The codecs of one worker: the built-in one, those of the application that it knows by name, and the one for
 * its calls that bring none. A call is encoded, served and answered with one codec, the caller's; nothing is
 * kept between calls. Filled before the join, read after it; thread-safe as long as that is so.
 */
public final class Codecs {
  private final ValueCodec builtIn;
  private final Map<String, ValueCodec> known = new TreeMap<>();
  private ValueCodec standard;

  public Codecs(ValueCodec builtIn) {
    this.builtIn = builtIn;
    this.standard = builtIn;
  }

  /**
   * Makes {@code codec} known here, for the calls that others make with one of that name.
   *
   * @throws IllegalArgumentException if it has no name, or one is known under it already
   */
  public void add(RpcCodec codec) {
    added(codec);
  }

  /** The same, and uses it for the calls of this worker that bring no other. */
  public void use(RpcCodec codec) {
    if (standard != builtIn) {
      throw new IllegalArgumentException("the calls of this worker use the codec " + standard.name()
          + " already; add the other one with addCodec() and name it in CallOptions");
    }
    standard = added(codec);
  }

  private ValueCodec added(RpcCodec codec) {
    ValueCodec named;
    try {
      named = builtIn.with(codec);
    } catch (RpcException nameless) {
      throw new IllegalArgumentException(nameless.getMessage(), nameless);
    }
    if (known.putIfAbsent(named.name(), named) != null) {
      throw new IllegalArgumentException("a codec named " + named.name() + " is known already; give one of them "
          + "another name");
    }
    return named;
  }

  /** The one that the application cannot replace. */
  public ValueCodec builtIn() {
    return builtIn;
  }

  /** What a call with those options is encoded with, and its result decoded. */
  ValueCodec of(CallOptions options) {
    Optional<RpcCodec> own = options.codec();
    return own.isPresent() ? builtIn.with(own.get()) : standard;
  }

  /** What a call that names it is decoded with, and its result encoded. */
  ValueCodec named(String name, WorkerInfo self) {
    ValueCodec codec = name.isEmpty() ? builtIn : known.get(name);
    if (codec == null) {
      throw RpcException.of(RpcFailure.CODEC, "no codec named " + name + " is known on " + self + ", which knows "
          + known.keySet() + ": call RpcWorker.codec(...) or addCodec(...) there, before join()");
    }
    return codec;
  }
}
