package org.stic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.stic.bundle.Bundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stic bundle}: the program for machines that have no Java. */
@Command(
    name = "bundle",
    description = {
      "Pack the program with a Java runtime, tests and benchmarks into a folder and a tar.xz.",
      "The folder runs on any x86-64 Linux; its gpu.sh measures a GPU."
    })
final class BundleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "stic-bundle",
      description = "The new folder; DIR.tar.xz appears beside it. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Path checkout = Path.of(System.getProperty("stic.home", "."));
    Path folder = out.toAbsolutePath().normalize();
    requireNew(folder);
    requireNew(folder.resolveSibling(folder.getFileName() + ".tar.xz"));
    String problem = Bundle.problem(checkout);
    if (!problem.isEmpty()) {
      throw new UsageException(problem);
    }
    print(Bundle.make(checkout, folder));
    return ExitCode.DONE;
  }

  private static void requireNew(Path file) {
    if (file.getFileName() == null || Files.exists(file)) {
      throw new UsageException(file + " exists already; remove it or name another with --out");
    }
  }

  private void print(Bundle bundle) {
    PrintWriter screen = spec.commandLine().getOut();
    screen.println("%s  %s".formatted(bundle.folder(), Bundle.mebibytes(bundle.unpackedBytes())));
    screen.println("%s  %s".formatted(bundle.archive(), Bundle.mebibytes(bundle.packedBytes())));
    Bundle.omissions().forEach(line -> screen.println("left out: " + line));
  }
}
