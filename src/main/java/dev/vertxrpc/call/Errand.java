package dev.vertxrpc.call;

/** What a call has to do to get its answer: send a frame, or wait for a value of this worker's own. */
interface Errand {
  /** Sets out; whether it could. */
  boolean begin();

  /** It never sets out, or could not: gives back what it was given. */
  void abandon();

  /** The call has ended, however it went; this may come more than once, or while it begins. */
  void end();
}
