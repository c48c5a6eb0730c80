package org.stic.cuda;

import java.nio.file.Path;
import java.util.List;

/**
 * What was found on this machine: for people who ask why a device is or is not used.
 *
 * @param nativeFolder where the compiled parts are expected
 * @param candidates the drivers that were looked at, best first
 * @param images the kernel images in the folder
 * @param libraries libraries of NVIDIA and JCuda that comparisons use
 */
public record DriverReport(
    Path nativeFolder,
    List<DriverCandidate> candidates,
    List<Path> images,
    List<LibraryFinding> libraries) {

  /** Looks around. Loads a GPU's driver library if there is a GPU, and no other. */
  public static DriverReport collect() {
    NativeFolder folder = NativeFolder.locate();
    return new DriverReport(
        folder.path(),
        List.of(GpuDriver.examine(KernelImage.DEFAULT, folder), CpuDriver.examine(folder)),
        KernelImages.all(folder),
        LibraryFinding.search(folder));
  }
}
