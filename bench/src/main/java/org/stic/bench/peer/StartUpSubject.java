package org.stic.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.stic.bench.FirstSample;
import org.stic.cuda.Device;
import org.stic.kernels.Cost;

/**
 * From the start of a process to its first accepted sample, by {@link FirstSample}. Both programs
 * have run before, so that what they cache is there: compiled scripts on one side, the archive of
 * loaded classes on ours, as the launcher has it.
 */
record StartUpSubject() implements Subject {
  @Override
  public String name() {
    return "start-up:first-sample";
  }

  @Override
  public List<Operand> operands() {
    return List.of();
  }

  @Override
  public Side ours(Device device, List<Operand> operands) {
    try {
      Path archive = Files.createTempFile("stic-classes", ".jsa");
      Files.delete(archive);
      ProcessSide.run(command("-XX:ArchiveClassesAtExit=" + archive));
      return new ProcessSide(command("-XX:SharedArchiveFile=" + archive), List.of(archive));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(String archive) {
    return FirstSample.command(List.of(archive, "-Xlog:disable"));
  }

  /** The sum of the pixels of an image in the box. */
  @Override
  public Optional<Check> check(List<Operand> operands) {
    return Optional.of(
        (side, result) -> {
          if (result.length != 1 || !(Math.abs(result[0]) < RecipeNetwork.IMAGE.elements())) {
            throw new WrongResultException(side + " draws no image");
          }
        });
  }

  @Override
  public Cost cost() {
    return Cost.NONE;
  }
}
