package dev.vertxrpc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs on the worker's event loop although it returns a plain value: a promise that the method, or
 * the constructor, never blocks. Without it a function that returns no Future may block and runs on
 * a thread of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface NonBlocking {}
