package dev.vertxrpc.app.worker;

import dev.vertxrpc.config.ConfigException;
import io.vertx.core.json.JsonObject;

/**
 * A verticle that can tell what is wrong with its config before anything is started. Thread-safe.
 */
public interface ConfigCheck {
  /**
   * Called before it is deployed, with the config that it will be deployed with.
   *
   * @throws ConfigException naming the key by its path in {@code config}
   */
  void checkConfig(JsonObject config);
}
