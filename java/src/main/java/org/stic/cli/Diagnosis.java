package org.stic.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.DeviceException;
import org.stic.cuda.DeviceProperties;
import org.stic.cuda.DeviceUnavailableException;
import org.stic.cuda.DriverCandidate;
import org.stic.cuda.DriverReport;
import org.stic.cuda.LibraryFinding;
import org.stic.data.Datasets;

/**
 * What {@code stic doctor} tells.
 *
 * @param program name and version
 * @param platform Java, system and processors
 * @param drivers the drivers that were looked at, best first
 * @param images kernel images
 * @param libraries libraries of NVIDIA and JCuda
 * @param datasets every data set that can be named
 * @param working whether a device works
 * @param verdict the device that the default choice gives, or why none works, as a sentence
 */
record Diagnosis(
    String program,
    String platform,
    List<DriverState> drivers,
    List<FoundFile> images,
    List<FoundFile> libraries,
    List<DatasetState> datasets,
    boolean working,
    String verdict) {

  /** A driver: its device, "usable" or "unusable", its library, and why it cannot be used. */
  record DriverState(String device, String state, String library, String problem) {}

  /** A file that was looked for; the path is "not found" if it is not there. */
  record FoundFile(String name, String path, String purpose) {}

  /** A data set and where it is, or how to get it. */
  record DatasetState(String name, String state) {}

  private record Trial(boolean working, String verdict) {}

  /** Looks around, and opens the device of the default choice. */
  static Diagnosis make(Datasets datasets) {
    DriverReport report = DriverReport.collect();
    Trial trial = openDefaultDevice();
    return new Diagnosis(
        "stic " + ProgramVersion.current(),
        describePlatform(),
        report.candidates().stream().map(Diagnosis::driver).toList(),
        report.images().stream().map(Diagnosis::image).toList(),
        report.libraries().stream().map(Diagnosis::library).toList(),
        describeDatasets(datasets),
        trial.working(),
        trial.verdict());
  }

  private static Trial openDefaultDevice() {
    try (Device device = Device.open(DeviceChoice.AUTO)) {
      DeviceProperties properties = device.properties();
      return new Trial(
          true,
          "works: %s, CUDA %s, %d multiprocessors, %.1f GiB, kernels from %s"
              .formatted(
                  properties.name(),
                  properties.cudaVersion(),
                  properties.multiprocessors(),
                  properties.memoryBytes() / (double) (1L << 30),
                  device.kernelImage().getFileName()));
    } catch (DeviceUnavailableException | DeviceException e) {
      return new Trial(false, "no device works: " + e.getMessage());
    }
  }

  private static DriverState driver(DriverCandidate candidate) {
    String device = candidate.choice().name().toLowerCase(Locale.ROOT);
    String state = candidate.usable() ? "usable" : "unusable";
    return new DriverState(device, state, candidate.library(), candidate.problem());
  }

  private static FoundFile image(Path image) {
    return new FoundFile(image.getFileName().toString(), image.toString(), "kernels");
  }

  private static FoundFile library(LibraryFinding library) {
    String path = library.file().map(Path::toString).orElse("not found");
    return new FoundFile(library.name(), path, library.purpose());
  }

  private static List<DatasetState> describeDatasets(Datasets datasets) {
    return datasets.names().stream().map(name -> dataset(datasets, name)).toList();
  }

  private static DatasetState dataset(Datasets datasets, String name) {
    return new DatasetState(name, describe(datasets, name));
  }

  /** Where a set is, or how to get it. */
  static String describe(Datasets datasets, String name) {
    if (!datasets.fetchable().contains(name)) {
      return "built in";
    }
    if (datasets.isPresent(name)) {
      return datasets.folder(name).toString();
    }
    return datasets.description(name).distribution() == null
        ? "absent; 'stic data fetch " + name + " --from DIRECTORY' takes its official archive"
        : "absent; 'stic data fetch " + name + "' brings it";
  }

  private static String describePlatform() {
    return "Java %s, %s %s, %d processors"
        .formatted(
            Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors());
  }
}
