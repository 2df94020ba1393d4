package dev.vertxrpc.wire;

import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The event bus of one Vert.x instance, to which it adds the codec of batches as long as it is open. Thread-safe. */
final class ClusterBus implements Bus {
  private static final DeliveryOptions OPTIONS = new DeliveryOptions().setCodecName(BatchCodec.NAME);

  private final EventBus bus;
  private final AtomicLong beingWritten = new AtomicLong();

  ClusterBus(EventBus bus) {
    this.bus = bus;
    bus.registerCodec(new BatchCodec());
  }

  @Override
  public Outlet to(String address) {
    MessageProducer<Batch> producer = bus.<Batch>sender(address).deliveryOptions(OPTIONS);
    return batch -> {
      int bytes = batch.length();
      beingWritten.addAndGet(bytes);
      return producer.write(batch).onComplete(written -> beingWritten.addAndGet(-bytes));
    };
  }

  @Override
  public long beingWritten() {
    return beingWritten.get();
  }

  @Override
  public Inlet at(String address, ContextInternal context, Consumer<Batch> receiver) {
    // A consumer belongs to the context on which it is made, and this is called there.
    MessageConsumer<Batch> consumer = bus.consumer(address, message -> receiver.accept(message.body()));
    return new Inlet() {
      @Override
      public Future<Void> opened() {
        return consumer.completion();
      }

      @Override
      public Future<Void> close() {
        return consumer.unregister();
      }
    };
  }

  @Override
  public void close() {
    bus.unregisterCodec(BatchCodec.NAME);
  }
}
