package dev.vertxrpc.app.bench;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteWorker;
import java.util.Optional;

/** The whole life of a remote object: it is made, a method is called, it is released. Immutable. */
record CycleWork() implements Work {
  @Override
  public String name() {
    return "rrefCycle";
  }

  @Override
  public void run(Driver driver, Peers peers, Settings settings, Report report) throws Exception {
    peers.upTo(1);
    RemoteWorker peer = driver.rpc().on(Peers.name(1));
    Integer number = 7;
    Exchange cycle = new Exchange(() -> {
      RRef<Holder> made = peer.create(Holder::new, number);
      return made.call(Holder::get).onComplete(asked -> made.close());
    }, number::equals);
    new Comparison(name(), Timed.cycles(cycle), Optional.empty(), Figures.PER_S).run(driver, settings, report);
  }
}
