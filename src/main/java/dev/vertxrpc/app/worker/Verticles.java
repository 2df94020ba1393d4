package dev.vertxrpc.app.worker;

import dev.vertxrpc.config.ConfigException;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.config.VerticleConfig;
import dev.vertxrpc.runtime.RpcVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * The verticles that a worker's JSON names, and one that only serves where none of them is a worker; to be
 * deployed once. Immutable.
 */
final class Verticles {

  /** A worker that has no job of its own: the group calls its functions. Confined to its event loop. */
  static final class Serving extends RpcVerticle {}

  /** A verticle to deploy, and its config. */
  private record Planned(Deployable verticle, JsonObject config) {}

  private final List<Planned> planned;

  private Verticles(List<Planned> planned) {
    this.planned = List.copyOf(planned);
  }

  /**
   * What {@code config} names: one of each instance.
   *
   * @throws ConfigException naming what is no verticle, or cannot be a worker, or has a config that it refuses
   * @throws Exception what the constructor of a verticle throws
   */
  static Verticles of(RpcConfig config) throws Exception {
    JsonObject rpc = config.toJson();
    rpc.remove("cluster");
    rpc.remove("verticles");
    List<Planned> planned = new ArrayList<>();
    int index = 0;
    for (VerticleConfig named : config.verticles()) {
      String where = "verticles[" + index++ + "]";
      Class<? extends Deployable> type = type(where + ".class", named.type());
      for (int i = 0; i < named.instances(); i++) {
        planned.add(plan(where + ".config", type, named.config(), rpc));
      }
    }
    if (planned.stream().noneMatch(each -> each.verticle() instanceof RpcVerticle)) {
      planned.add(new Planned(new Serving(), withRpc(new JsonObject(), rpc)));
    }
    return new Verticles(planned);
  }

  private static Class<? extends Deployable> type(String where, String name) {
    String found = "\"" + name + "\"";
    try {
      ClassLoader application = Thread.currentThread().getContextClassLoader();
      Class<? extends Deployable> type = Class.forName(name, false, application).asSubclass(Deployable.class);
      if (Modifier.isAbstract(type.getModifiers())) { // which an interface is too
        throw ConfigException.found(where, found, "a verticle that is not abstract");
      }
      type.getConstructor();
      return type;
    } catch (ClassNotFoundException absent) {
      throw ConfigException.found(where, found, "a class on the class path");
    } catch (ClassCastException | NoSuchMethodException other) {
      throw ConfigException.found(where, found, "a verticle with a public constructor without arguments");
    }
  }

  private static Planned plan(String where, Class<? extends Deployable> type, JsonObject own, JsonObject rpc)
      throws Exception {
    if (own.containsKey("rpc") && !(own.getValue("rpc") instanceof JsonObject)) {
      throw ConfigException.found(where + ".rpc", Json.encode(own.getValue("rpc")), "an object");
    }
    JsonObject config = withRpc(own, rpc);
    if (RpcVerticle.class.isAssignableFrom(type)) {
      checked(where + ".rpc", () -> RpcConfig.from(config.getJsonObject("rpc")));
    }
    Deployable verticle = create(type);
    if (verticle instanceof ConfigCheck check) {
      checked(where, () -> check.checkConfig(config.copy()));
    }
    return new Planned(verticle, config);
  }

  private static void checked(String where, Runnable check) {
    try {
      check.run();
    } catch (ConfigException refused) {
      throw refused.under(where);
    }
  }

  private static Deployable create(Class<? extends Deployable> type) throws Exception {
    try {
      return type.getDeclaredConstructor().newInstance();
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() instanceof Exception cause ? cause : thrown;
    }
  }

  /** What the verticle's own config says under {@code rpc} goes before what the file says for all. */
  private static JsonObject withRpc(JsonObject own, JsonObject rpc) {
    return new JsonObject().put("rpc", rpc.copy()).mergeIn(own, true);
  }

  /**
   * Deploys all of them at once, because workers of a group wait for each other. The result is the
   * end of each; it fails with the first deployment that fails, and the others stay to be undeployed.
   */
  Future<List<Future<Void>>> deploy(Vertx vertx) {
    List<Future<?>> deployments = new ArrayList<>();
    List<Future<Void>> ends = new ArrayList<>();
    for (Planned next : planned) {
      // One deployment each, also of several instances: a worker that ends undeploys itself alone.
      WatchedVerticle watched = new WatchedVerticle(next.verticle());
      deployments.add(vertx.deployVerticle(watched, new DeploymentOptions().setConfig(next.config())));
      ends.add(watched.ended());
    }
    return Future.all(deployments).map(ends);
  }
}
