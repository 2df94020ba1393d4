package dev.vertxrpc.processes;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcVertx;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/**
 * The main program of a worker's process. It says when it has joined; it ends with its standard input, or when the
 * others have taken its worker for lost, and then says what its handles fail with; its status is not 0 where the worker
 * ended with a failure. Confined to its main thread.
 */
public final class WorkerMain {
  static final String JOINED = "joined ";
  static final String VOID = "void ";

  private WorkerMain() {}

  /** The arguments are the config of the cluster's node and the worker's, each in JSON. */
  public static void main(String[] arguments) throws IOException {
    Vertx vertx = Rpc.await(RpcVertx.start(RpcConfig.from(new JsonObject(arguments[0]))));
    RpcWorker worker = RpcWorker.create(vertx, RpcConfig.from(new JsonObject(arguments[1])));
    Pockets.of(worker);
    Rpc rpc = Rpc.await(worker.join());
    worker.ended().onComplete(end -> {
      List<String> failures = Pockets.failures();
      System.out.println(VOID + String.join(" ", failures));
      if (end.failed()) {
        System.out.println("ended with " + end.cause());
      }
      Runtime.getRuntime().halt(end.failed() ? 1 : 0);
    });
    System.out.println(JOINED + Long.toHexString(rpc.self().incarnation()));
    while (System.in.read() >= 0) {
      // Whatever is written to it means nothing.
    }
    Runtime.getRuntime().halt(0);
  }
}
