package org.stic.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.stic.training.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stic export}: writes a run's weights for other programs. */
@Command(
    name = "export",
    description = "Write a run's averaged weights as safetensors, with the names of PyTorch.")
final class ExportCommand implements Callable<Integer>, DeviceUser {
  @ParentCommand private SticCommand program;
  @Spec private CommandSpec spec;
  @Mixin private DeviceOption device;
  @Mixin private RunOption run;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "F.safetensors",
      description = "The file to write.")
  private Path out;

  @Option(
      names = "--classes-only",
      description =
          "Leave out the logits of \"fake\" and of the critic, so that the file is that of a plain"
              + " classifier.")
  private boolean classesOnly;

  @Override
  public Integer call() throws IOException {
    Path folder = out.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new UsageException("--out %s: there is no folder %s".formatted(out, folder));
    }
    RunDirectory directory = run.open();
    try (Studio studio = Studio.open(directory, program.datasets(), device)) {
      studio.classifier().export(out, classesOnly);
    }
    spec.commandLine().getOut().println(out);
    return ExitCode.DONE;
  }

  @Override
  public String lowersMemory() {
    return "sampler.gram.target.images";
  }
}
