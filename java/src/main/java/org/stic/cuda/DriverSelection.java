package org.stic.cuda;

import java.util.List;
import java.util.stream.Collectors;

/** Looks at the drivers that a choice allows, best first, and takes the first usable one. */
final class DriverSelection {
  private DriverSelection() {}

  /** The driver to load; every refused one is named, with its reason, if none is usable. */
  static DriverCandidate choose(DeviceChoice choice, KernelImage image, NativeFolder folder) {
    List<DriverCandidate> candidates = candidates(choice, image, folder);
    return candidates.stream()
        .filter(DriverCandidate::usable)
        .findFirst()
        .orElseThrow(() -> new DeviceUnavailableException(refusal(choice, candidates)));
  }

  /** What was found of each driver that the choice allows, best first. */
  static List<DriverCandidate> candidates(
      DeviceChoice choice, KernelImage image, NativeFolder folder) {
    return switch (choice) {
      case CUDA -> List.of(GpuDriver.examine(image, folder));
      case CPU -> List.of(CpuDriver.examine(folder));
      case AUTO -> {
        DriverCandidate gpu = GpuDriver.examine(image, folder);
        yield gpu.usable() ? List.of(gpu) : List.of(gpu, CpuDriver.examine(folder));
      }
    };
  }

  private static String refusal(DeviceChoice choice, List<DriverCandidate> candidates) {
    return candidates.stream()
        .map(candidate -> candidate.choice().flag() + ": " + candidate.problem())
        .collect(Collectors.joining("; ", "device '" + choice.flag() + "' is not available: ", ""));
  }
}
