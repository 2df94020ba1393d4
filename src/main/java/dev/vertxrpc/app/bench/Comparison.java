package dev.vertxrpc.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One measurement, and where there is a baseline that of it in turn, so that what else this machine does meanwhile
 * slows both. Immutable.
 */
record Comparison(String work, Measurement ours, Optional<Measurement> baseline, String metric) {
  private static final int RUNS = 3;

  void run(Driver driver, Settings settings, Report report) {
    warmUp(driver, settings, report);
    List<Figures> measured = new ArrayList<>();
    List<Figures> compared = new ArrayList<>();
    for (int i = 0; i < settings.runs().orElse(RUNS); i++) {
      measured.add(driver.await(() -> ours.run(settings.seconds())));
      baseline.ifPresent(other -> compared.add(driver.await(() -> other.run(settings.seconds()))));
    }
    report.figures(work, Report.SYSTEM, measured);
    if (!compared.isEmpty()) {
      report.figures(work, Report.BASELINE, compared);
      report.ratio(work, metric, ratios(measured, compared));
    }
  }

  private void warmUp(Driver driver, Settings settings, Report report) {
    boolean isWarm = driver.await(() -> WarmUp.of(driver, ours, settings));
    if (baseline.isPresent()) {
      isWarm &= driver.await(() -> WarmUp.of(driver, baseline.get(), settings));
    }
    if (!isWarm) {
      report.warn(work, "was still getting faster when its warm-up was over (--warm-up "
          + settings.warmUpSeconds() + ")");
    }
  }

  private List<Double> ratios(List<Figures> measured, List<Figures> compared) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      ratios.add(measured.get(i).get(metric) / compared.get(i).get(metric));
    }
    return ratios;
  }
}
