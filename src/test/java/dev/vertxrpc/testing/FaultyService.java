package dev.vertxrpc.testing;

import io.vertx.core.Future;

/** A service none of whose methods succeeds. */
public interface FaultyService {
  String method(Faults.Kind kind);

  Future<String> asyncMethod(Faults.Kind kind);
}
