package dev.vertxrpc.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a JSON file, and says in one line why it cannot be read. Thread-safe. */
final class ConfigFile {
  // Vert.x's own decoder gives no line, takes the last of two equal keys, and so hides a mistake.
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private ConfigFile() {}

  static JsonObject read(String file) {
    Place at = new Place(file, "");
    try {
      Object read = JSON.readValue(Files.readAllBytes(Path.of(file)), Object.class);
      // An array turns the maps and lists of Jackson into Vert.x's JSON when they are taken out.
      Object json = new JsonArray().add(read).getValue(0);
      if (json instanceof JsonObject object) {
        return object;
      }
      throw at.refuseType(json, "an object");
    } catch (JsonProcessingException notJson) {
      throw at.problem(describe(notJson));
    } catch (NoSuchFileException | InvalidPathException missing) {
      throw at.problem("no such file");
    } catch (AccessDeniedException denied) {
      throw at.problem("cannot be read: permission denied");
    } catch (IOException unreadable) {
      throw at.problem("cannot be read: " + unreadable.getMessage());
    }
  }

  private static String describe(JsonProcessingException notJson) {
    JsonLocation at = notJson.getLocation();
    String where = at == null ? "" : "line " + at.getLineNr() + ", column " + Math.max(1, at.getColumnNr());
    return "not JSON, " + where + ": " + notJson.getOriginalMessage().lines().findFirst().orElse("");
  }
}
