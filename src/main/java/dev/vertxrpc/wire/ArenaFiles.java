package dev.vertxrpc.wire;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of arenas, in memory that the processes of one host share. Only their user may open them. A file has its
 * name only until both sides have it open, and until then its creator holds a lock on it: one that is not locked is
 * what a crash has left, and goes when the next node starts. Thread-safe.
 */
final class ArenaFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ArenaFiles.class);
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final String PREFIX = "vertx-rpc-";
  private static final String SUFFIX = ".lane";
  private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{16}-[0-9a-f]{16}" + SUFFIX);
  private static final SecureRandom RANDOM = new SecureRandom();
  /** Of this process: to look at its own files would give their locks up. */
  private static final String OWN = PREFIX + random();
  private static final int ATTEMPTS = 3;

  private final Path directory;

  ArenaFiles(Path directory) {
    this.directory = directory;
  }

  static ArenaFiles shared() {
    return new ArenaFiles(SHARED_MEMORY);
  }

  private static String random() {
    return HexFormat.of().toHexDigits(RANDOM.nextLong());
  }

  /** What only its creator and whoever is told of it can know. */
  static long secret() {
    return RANDOM.nextLong();
  }

  /** A new file, empty and locked; the lock goes with the file that is returned. */
  Created create() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IOException("there is no shared memory at " + directory);
    }
    for (int i = 0; i < ATTEMPTS; i++) {
      Path path = directory.resolve(OWN + "-" + random() + SUFFIX);
      FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))).close();
      RandomAccessFile file = lock(path);
      // Somebody may have taken it for one that a crash has left, before it was locked.
      if (file != null) {
        return new Created(path, file);
      }
    }
    throw new IOException("files in " + directory + " do not stay");
  }

  private static RandomAccessFile lock(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      if (file.getChannel().tryLock() != null && Files.exists(path)) {
        return file;
      }
      file.close();
      return null;
    } catch (IOException | RuntimeException failed) {
      file.close();
      Files.deleteIfExists(path);
      throw failed;
    }
  }

  /** A file that a peer has created. */
  FileChannel open(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IOException("\"" + name + "\" is no name of an arena");
    }
    return FileChannel.open(directory.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }

  /** Deletes what processes have left that are gone. */
  void reclaim() {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        if (!file.getFileName().toString().startsWith(OWN)) {
          reclaim(file);
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      LOG.debug("event=lanes-not-reclaimed directory={} cause={}", directory, unreadable.toString());
    }
  }

  private static void reclaim(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
             LinkOption.NOFOLLOW_LINKS);
         FileLock lock = channel.tryLock()) {
      if (lock != null && Files.deleteIfExists(file)) {
        LOG.info("event=lane-reclaimed file={}", file);
      }
    } catch (IOException another) {
      LOG.debug("event=lane-not-reclaimed file={} cause={}", file, another.toString());
    }
  }

  /** A file, and what it is called as long as it has a name. */
  record Created(Path path, RandomAccessFile file) {
    String name() {
      return path.getFileName().toString();
    }
  }
}
