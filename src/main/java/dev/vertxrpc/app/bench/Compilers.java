package dev.vertxrpc.app.bench;

import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import io.vertx.core.Future;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How long the compilers of the processes have worked: as long as they do, code gets faster. Stateless. */
@Remote
public final class Compilers {
  private Compilers() {}

  /** Those of one process, which several workers may share, in milliseconds since it was started. */
  public record Compiled(long pid, long millis) {}

  /** Those of this process. */
  @NonBlocking
  public static Compiled here() {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    return new Compiled(ProcessHandle.current().pid(), compilers == null ? 0 : compilers.getTotalCompilationTime());
  }

  /** Those of all processes of which a worker answers, in milliseconds by process. */
  static Future<Map<Long, Long>> all(Rpc rpc) {
    List<Future<Compiled>> asked = rpc.group().workers().stream().map(worker -> rpc.on(worker).call(Compilers::here))
        .toList();
    return Future.join(asked).transform(answered -> Future.succeededFuture(asked.stream().filter(Future::succeeded)
        .map(Future::result).collect(Collectors.toMap(Compiled::pid, Compiled::millis, Math::max))));
  }
}
