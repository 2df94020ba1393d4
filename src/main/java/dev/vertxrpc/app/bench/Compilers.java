package dev.vertxrpc.app.bench;

import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Future;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.stream.Collectors;

/** How long the compilers of the processes have worked: as long as they do, code gets faster. Stateless. */
@Remote
public final class Compilers {
  private Compilers() {}

  /** Those of this process, in milliseconds since it was started. */
  @NonBlocking
  public static long millis() {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    return compilers == null ? 0 : compilers.getTotalCompilationTime();
  }

  /** Those of all workers that answer. */
  static Future<Map<WorkerInfo, Long>> all(Rpc rpc) {
    Map<WorkerInfo, Future<Long>> asked = rpc.group().workers().stream()
        .collect(Collectors.toMap(worker -> worker, worker -> rpc.on(worker).call(Compilers::millis)));
    return Future.join(asked.values().stream().toList()).transform(answered -> Future.succeededFuture(
        asked.entrySet().stream().filter(worker -> worker.getValue().succeeded())
            .collect(Collectors.toMap(Map.Entry::getKey, worker -> worker.getValue().result()))));
  }
}
