package dev.vertxrpc.quickstart;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Remote;
import io.vertx.core.Future;
import io.vertx.core.Promise;

// [cancel]
@Remote
public final class Search {
  public static Future<String> find(String what) {
    CallContext call = CallContext.current();
    Promise<String> found = Promise.promise();
    long timer = call.vertx().setTimer(60_000, fired -> found.complete(what + ", for " + call.headers().get("user")));
    call.cancelHandler(gone -> call.vertx().cancelTimer(timer));       // nobody waits any more
    return found.future();
  }
}
// [end]
