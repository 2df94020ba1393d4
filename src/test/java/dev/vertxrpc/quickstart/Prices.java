package dev.vertxrpc.quickstart;

import io.vertx.core.Future;
import java.util.List;

// [service]
public interface Prices {                        // these may be called on what is served, and nothing else
  Future<Double> of(String article);             // never blocks

  List<String> articles();                       // may block
}
// [end]
