package org.stic.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.stic.training.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stic interpolate}: draws the way from one class to another. */
@Command(
    name = "interpolate",
    description = "Draw the way from one class to another by soft weights, a row for each canvas.")
final class InterpolateCommand implements Callable<Integer>, DeviceUser {
  @ParentCommand private SticCommand program;
  @Spec private CommandSpec spec;
  @Mixin private DeviceOption device;
  @Mixin private RunOption run;
  @Mixin private DrawingOptions drawing;

  @Option(names = "--from", required = true, paramLabel = "A", description = "The first class.")
  private String from;

  @Option(names = "--to", required = true, paramLabel = "B", description = "The last class.")
  private String to;

  @Option(
      names = "--columns",
      paramLabel = "N",
      defaultValue = "9",
      description = "Images from end to end (default: 9).")
  private int columns;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "4",
      description = "Repetitions with other canvases (default: 4).")
  private int rows;

  @Option(
      names = "--out",
      paramLabel = "F.png",
      description = "The picture (default: in the run's samples/).")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Values.requireAtLeast("--columns", columns, 2);
    Values.requireAtLeast("--rows", rows, 1);
    RunDirectory directory = run.open();
    String name = "from-%s-to-%s.png".formatted(from, to);
    Path file = out != null ? out : directory.folder().resolve("samples").resolve(name);
    RunDirectory adapted = drawing.adapt(directory, spec.commandLine().getErr());
    try (Studio studio = Studio.open(adapted, program.datasets(), device)) {
      int first = ClassMixture.label(from, studio.classNames());
      int last = ClassMixture.label(to, studio.classNames());
      var settings = drawing.settings(directory.configuration());
      var drawings = studio.classifier().interpolate(first, last, columns, rows, settings);
      studio.write(file, drawings.images(), columns);
      spec.commandLine().getOut().println(Studio.describe(drawings) + file);
    }
    return ExitCode.DONE;
  }

  @Override
  public String lowersMemory() {
    return "--rows or --columns";
  }
}
