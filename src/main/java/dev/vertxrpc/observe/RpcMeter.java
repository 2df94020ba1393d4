package dev.vertxrpc.observe;

/** The meters, by name: every one there is, with what it counts. Immutable. */
public enum RpcMeter {
  /** Timer, tag {@code failure}: calls made that have ended, and how long the caller waited. */
  CALLS("vertx.rpc.calls", "Calls made that have ended"),
  /** Gauge: calls made that have not ended. */
  CALLS_PENDING("vertx.rpc.calls.pending", "Calls made that have not ended"),
  /** Counter: failed calls whose Future nobody ever looked at. */
  FAILURES_UNOBSERVED("vertx.rpc.failures.unobserved", "Failed calls whose Future nobody ever looked at"),
  /** Timer, tag {@code failure}: calls served, from their arrival to their answer. */
  SERVED("vertx.rpc.served", "Calls served, from their arrival to their answer"),
  /** Counter: functions that kept the event loop longer than they may. */
  LOOP_BLOCKED("vertx.rpc.loop.blocked", "Functions that kept the event loop longer than they may"),
  /** Counter: replies that came after their call had ended. */
  REPLIES_DROPPED("vertx.rpc.replies.dropped", "Replies that came after their call had ended"),
  /** Counter: messages that could not be read or came from nobody known. */
  MESSAGES_DROPPED("vertx.rpc.messages.dropped", "Messages that could not be read or came from nobody known"),
  /** Gauge: values kept that somebody holds a handle to, here or elsewhere. */
  REFS_KEPT("vertx.rpc.refs.kept", "Values kept that somebody holds a handle to"),
  /** Timer, tag {@code failure}: rounds taken part in. */
  ROUNDS("vertx.rpc.rounds", "Rounds taken part in"),
  /** Counter, tag {@code change}: members that joined, left or were lost. */
  MEMBERS("vertx.rpc.members", "Members that joined, left or were lost");

  private final String meterName;
  private final String description;

  RpcMeter(String meterName, String description) {
    this.meterName = meterName;
    this.description = description;
  }

  /** The name in the registry. */
  public String meterName() {
    return meterName;
  }

  String description() {
    return description;
  }
}
