package dev.vertxrpc.app.bench;

import java.util.OptionalInt;

/**
 * How the works are to be run. {@code seconds}: of one run; {@code warmUpSeconds}: how long each work of two processes
 * is repeated before, at most, and of more in proportion; {@code runs}: where nothing is said each work has its own;
 * {@code rrefs}: how many references are held. Immutable.
 */
record Settings(double seconds, double warmUpSeconds, OptionalInt runs, int rrefs, boolean baseline) {}
