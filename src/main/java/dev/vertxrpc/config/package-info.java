/**
 * The settings of one worker, read from JSON and refused before any network where they cannot work.
 * {@link dev.vertxrpc.config.RpcConfig} is the front; {@link dev.vertxrpc.config.ClusterConfig}, {@link
 * dev.vertxrpc.config.VerticleConfig} and {@link dev.vertxrpc.config.ExecutorKind} are its parts, {@link
 * dev.vertxrpc.config.ConfigException} says what is wrong and where. A new key goes into {@code
 * ConfigKeys} and {@code conf/rpc-config.schema.json}. This package knows neither Vert.x (but for its
 * JSON) nor Hazelcast, and nothing of what the settings are for.
 */
package dev.vertxrpc.config;
