package dev.vertxrpc.app.demo;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A list of labelled scans of handwritten digits. Pixels are between 0 and 1. Immutable.
 */
record Digits(List<Scan> scans) {
  static final int PIXELS = 64;
  static final int CLASSES = 10;
  private static final int INK = 16;
  private static final String BUNDLED = "digits.csv.gz";

  /** One scan and the digit that it shows; the array is not copied and never written. */
  record Scan(double[] pixels, int digit) {}

  /** What is trained on, and what the result is judged by. */
  record Split(Digits training, Digits heldOut) {}

  Digits {
    scans = List.copyOf(scans);
  }

  /** The scans in {@code file}, gzipped CSV; those that come with the demo where there is none. */
  static Digits read(Optional<Path> file) {
    String name = name(file);
    if (file.filter(Files::isDirectory).isPresent()) {
      throw new IllegalArgumentException(name + ": is a folder");
    }
    try (InputStream bytes = file.isPresent()
        ? Files.newInputStream(file.get()) : Digits.class.getResourceAsStream(BUNDLED)) {
      return parse(name, bytes);
    } catch (NoSuchFileException missing) {
      throw new IllegalArgumentException(name + ": no such file", missing);
    } catch (AccessDeniedException denied) {
      throw new IllegalArgumentException(name + ": cannot be read: permission denied", denied);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(name + ": cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  /** What messages call {@code file}, or the scans that come with the demo. */
  static String name(Optional<Path> file) {
    return file.map(Path::toString).orElse(BUNDLED);
  }

  /** The scans in a stream of gzipped CSV; {@code file} is for messages. */
  static Digits parse(String file, InputStream gzipped) throws IOException {
    PushbackInputStream bytes = new PushbackInputStream(gzipped);
    int first = bytes.read();
    if (first < 0) {
      throw new IllegalArgumentException(file + ": is empty");
    }
    bytes.unread(first);
    List<Scan> scans = new ArrayList<>();
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(new GZIPInputStream(bytes), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        scans.add(scan(file + ", line " + (scans.size() + 1), line));
      }
    } catch (EOFException cutOff) {
      throw new IllegalArgumentException(
          file + ", line " + (scans.size() + 1) + ": the file ends too early", cutOff);
    } catch (ZipException damaged) {
      throw new IllegalArgumentException(
          file + ", line " + (scans.size() + 1) + ": cannot be read: " + damaged.getMessage(), damaged);
    }
    if (scans.isEmpty()) {
      throw new IllegalArgumentException(file + ": holds no scan");
    }
    return new Digits(scans);
  }

  private static Scan scan(String where, String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != PIXELS + 1) {
      throw new IllegalArgumentException(where + ": found " + cells.length + " values, expected "
          + PIXELS + " pixels and a digit");
    }
    double[] pixels = new double[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      pixels[i] = number(where, i, cells[i], INK) / (double) INK;
    }
    return new Scan(pixels, number(where, PIXELS, cells[PIXELS], CLASSES - 1));
  }

  private static int number(String where, int column, String cell, int max) {
    try {
      int value = Integer.parseInt(cell);
      if (value >= 0 && value <= max) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, as a number out of range is.
    }
    throw new IllegalArgumentException(where + ", value " + (column + 1) + ": found '" + cell
        + "', expected a whole number from 0 to " + max);
  }

  /** Four fifths to train on and one to judge by, shuffled: the same for the same seed everywhere. */
  Split split(long seed) {
    List<Scan> shuffled = new ArrayList<>(scans);
    Collections.shuffle(shuffled, new Random(seed));
    int training = shuffled.size() * 4 / 5;
    return new Split(new Digits(shuffled.subList(0, training)),
        new Digits(shuffled.subList(training, shuffled.size())));
  }

  /** Refuses data that leaves one of that many trainers without a scan, or none to judge by. */
  Split split(String file, long seed, int trainers) {
    Split split = split(seed);
    if (split.training().size() < trainers || split.heldOut().size() == 0) {
      // The least that leaves one each, in fifths rounded up.
      int least = (5 * trainers + 3) / 4;
      throw new IllegalArgumentException(file + ": found " + size() + " scans, expected at least " + least
          + " for " + trainers + " trainers");
    }
    return split;
  }

  /** The part of one of {@code of} trainers: the parts are disjoint and differ in size by one at most. */
  Digits shard(int index, int of) {
    List<Scan> shard = new ArrayList<>();
    for (int i = index; i < scans.size(); i += of) {
      shard.add(scans.get(i));
    }
    return new Digits(shard);
  }

  /** The same scans in batches of {@code size}, in an order of that seed; the last may be smaller. */
  List<Digits> batches(int size, long seed) {
    List<Scan> shuffled = new ArrayList<>(scans);
    Collections.shuffle(shuffled, new Random(seed));
    List<Digits> batches = new ArrayList<>();
    for (int from = 0; from < shuffled.size(); from += size) {
      batches.add(new Digits(shuffled.subList(from, Math.min(shuffled.size(), from + size))));
    }
    return batches;
  }

  int size() {
    return scans.size();
  }
}
