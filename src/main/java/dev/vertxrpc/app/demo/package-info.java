/**
 * Internal. The demo: data-parallel training of a classifier of handwritten digits, with one parameter
 * server and any number of trainers. DemoCommand runs the whole of it;
 * {@link dev.vertxrpc.app.demo.Server} and {@link dev.vertxrpc.app.demo.Trainer} are the verticles that
 * a worker's JSON names. It must not know the command line around it.
 */
package dev.vertxrpc.app.demo;
