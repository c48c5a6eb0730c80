package org.stic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.stic.report.MetricsFile;
import org.stic.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stic doctor}: what was found on this machine, and why something is not used. */
@Command(
    name = "doctor",
    description = "Show devices, drivers, kernel images and data sets; exit 0 if a device works.")
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand private SticCommand program;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object for programs.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Diagnosis diagnosis = Diagnosis.make(program.datasets());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(MetricsFile.toJson(diagnosis));
    } else {
      print(diagnosis, out);
    }
    return diagnosis.working() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static void print(Diagnosis diagnosis, PrintWriter out) {
    out.println(diagnosis.program());
    out.println(diagnosis.platform());
    out.println();
    Table drivers = new Table("device", "state", "driver", "remark");
    diagnosis
        .drivers()
        .forEach(
            driver ->
                drivers.row(driver.device(), driver.state(), driver.library(), driver.problem()));
    out.println(drivers);
    Table files = new Table("file", "where", "for");
    diagnosis.images().forEach(image -> files.row(image.name(), image.path(), "kernels"));
    diagnosis
        .libraries()
        .forEach(library -> files.row(library.name(), library.path(), library.purpose()));
    out.println(files);
    Table sets = new Table("data set", "state");
    diagnosis.datasets().forEach(set -> sets.row(set.name(), set.state()));
    out.println(sets);
    out.println(diagnosis.verdict());
  }
}
