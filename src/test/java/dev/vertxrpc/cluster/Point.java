package dev.vertxrpc.cluster;

import dev.vertxrpc.Remote;
import io.vertx.core.Future;

/** A value that travels, and whose class has functions of its own. Immutable. */
@Remote
public record Point(double x, double y) {
  public static Point origin() {
    return new Point(0, 0);
  }

  public static Future<Point> unit(String axis) {
    return Future.succeededFuture(axis.equals("x") ? new Point(1, 0) : new Point(0, 1));
  }
}
