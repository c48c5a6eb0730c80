package org.stic.bench;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.Device;
import org.stic.data.Datasets;
import org.stic.data.Split;
import org.stic.settings.Preset;
import org.stic.training.TrainingUpdates;

/**
 * What does one update of the classifier cost: its batch, the loss, its gradient and Adam? One call
 * makes {@value #UPDATES} updates as a refresh does and waits for them; the time is that of one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Bench13TrainingStep.UPDATES)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Smoke("images=SYNTHETIC")
public class Bench13TrainingStep {
  static final int UPDATES = 10;
  private static final int CHECKED_UPDATES = 20;

  /** Grey images of 28 pixels, or coloured ones of 32 and a wider network. */
  public enum Images {
    SYNTHETIC,
    SYNTHETIC_COLOUR;

    private String dataset() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** With drawings in the batch, or the control without them. */
  @Param({"STIC", "VRM"})
  public Preset preset;

  @Param public Images images;

  private Device device;
  private TrainingUpdates updates;
  private double firstLoss;

  /** Initialises the classifier and makes its first update. */
  @Setup
  public void open() {
    device = Workbench.openDevice();
    updates =
        new TrainingUpdates(
            device,
            preset.configuration(images.dataset()),
            Datasets.standard().load(images.dataset(), Split.TRAIN));
    firstLoss = updates.run(1);
  }

  /** The updates. */
  @Benchmark
  public double update() {
    return updates.run(UPDATES);
  }

  /** Checks that the loss has fallen. */
  @TearDown
  public void verify() {
    try (Device owner = device;
        TrainingUpdates trained = updates) {
      double loss = trained.run(CHECKED_UPDATES);
      if (!(loss > 0 && loss < firstLoss)) {
        throw new IllegalStateException(
            "the loss on %s is %g after training, but must be below %g"
                .formatted(owner.name(), loss, firstLoss));
      }
    }
  }
}
