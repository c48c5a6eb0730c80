package org.stic.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.training.Judge;
import org.stic.training.Judges;
import picocli.CommandLine.Option;

/** The options that choose who judges drawings. */
final class JudgeOptions {
  private static final String OWN = "own";

  @Option(
      names = "--judge",
      paramLabel = "NAME",
      defaultValue = OWN,
      description =
          "Who judges drawings: 'own', a small network trained once on the data; or with"
              + " --judge-weights a named model such as resnet56, or inception-v3, the only judge"
              + " whose figures are called IS, FID and KID (default: own).")
  private String name;

  @Option(
      names = "--judge-weights",
      paramLabel = "F.safetensors",
      description = "Weights of the judge, under PyTorch's names.")
  private Path weights;

  /** Refuses options that do not go together. */
  void check() {
    if (isOwn() != (weights == null)) {
      throw new UsageException(
          isOwn()
              ? "--judge-weights needs --judge NAME: whose weights are they?"
              : "--judge %s needs --judge-weights F.safetensors".formatted(name));
    }
    if (weights != null) {
      Values.requireFile("--judge-weights", weights);
    }
  }

  /** Whether another judge than the usual one was asked for. */
  boolean isGiven() {
    return !isOwn() || weights != null;
  }

  private boolean isOwn() {
    return name.equals(OWN);
  }

  /** Opens the judge, which the caller closes; null where it is the data's own. */
  Judge open(Device device, ImageDataset test) throws IOException {
    return isOwn() ? null : Judges.open(device, name, weights, test);
  }
}
