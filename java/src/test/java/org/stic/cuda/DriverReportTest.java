package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriverReportTest {
  @Test
  void listsDriversImagesAndLibrariesWithReasons() {
    DriverReport report = DriverReport.collect();
    assertEquals(Path.of(System.getProperty(NativeFolder.PROPERTY)), report.nativeFolder());
    List<DeviceChoice> choices = report.candidates().stream().map(DriverCandidate::choice).toList();
    assertEquals(List.of(DeviceChoice.CUDA, DeviceChoice.CPU), choices);
    assertTrue(report.candidates().getLast().usable(), report.candidates().toString());
    assertTrue(
        report.images().stream().anyMatch(image -> image.endsWith("kernels-fibers.so")),
        report.images().toString());
    LibraryFinding jcuda = report.libraries().getFirst();
    assertTrue(jcuda.file().isPresent(), jcuda.toString());
  }
}
