package dev.vertxrpc.quickstart;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Prices that never change. Immutable. */
final class ListedPrices implements Prices {
  private final Map<String, Double> list = Map.of("tea", 2.5);

  @Override
  public Future<Double> of(String article) {
    Double price = list.get(article);
    return price == null ? Future.failedFuture("no such article: " + article) : Future.succeededFuture(price);
  }

  @Override
  public List<String> articles() {
    return List.copyOf(list.keySet());
  }
}
