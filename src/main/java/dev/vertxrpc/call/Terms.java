package dev.vertxrpc.call;

import io.vertx.core.Future;
import java.util.Optional;

/**
 * What ends a call that is made, if no answer does. Immutable.
 *
 * @param cancelOn cancels it when it completes, either way
 * @param parent the call being served that it is made for, which takes it down with it; null where there is none, or
 *     it is to outlive that
 */
record Terms(Deadline deadline, Optional<Future<?>> cancelOn, ServedCall parent) {}
