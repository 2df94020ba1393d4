/**
 * What a worker does, made visible: {@link dev.vertxrpc.observe.MicrometerListener} turns its events into the
 * meters of {@link dev.vertxrpc.observe.RpcMeter}. It sees a worker only through {@code RpcListener}; deleting
 * this package breaks nothing below {@code app}.
 */
package dev.vertxrpc.observe;
