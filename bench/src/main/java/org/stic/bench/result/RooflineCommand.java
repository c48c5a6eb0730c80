package org.stic.bench.result;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stic bench roofline F.json...}: draws what rows reach of what their device can do. */
@Command(
    name = "roofline",
    description = {
      "Draw the roofline of each device in result files: a page and a picture for each.",
      "The files need ceilings, which every run with --out measures."
    })
public final class RooflineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "F.json", description = "Result files.")
  private List<Path> paths;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the pages and pictures.")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    List<ResultFile> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(ResultFile.read(path));
    }
    PrintWriter out = spec.commandLine().getOut();
    for (List<ResultFile> ofDevice : Roofline.byDevice(files).values()) {
      new RooflinePage(Roofline.of(ofDevice), ofDevice).write(folder).forEach(out::println);
    }
    return 0;
  }
}
