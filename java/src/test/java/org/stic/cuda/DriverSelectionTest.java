package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.cuda.OtherProcess.Outcome;

/** Each case is a process of its own, because a process loads one driver. */
@Tag("cpu-driver")
class DriverSelectionTest {
  private static final Map<String, String> NO_GPU = Map.of("CUDA_VISIBLE_DEVICES", "");

  @TempDir Path folder;

  /** Opens the devices named by the arguments and prints what came of each. */
  static final class OpenDevices {
    private OpenDevices() {}

    public static void main(String[] choices) {
      for (String choice : choices) {
        try (Device device = Device.open(DeviceChoice.parse(choice))) {
          System.out.println(choice + " gives " + (device.isGpu() ? "a GPU" : "the CPU"));
        } catch (DeviceUnavailableException | DeviceException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  @Test
  void takesTheCpuWhereNoGpuIsVisible() throws Exception {
    Outcome outcome = OtherProcess.run(OpenDevices.class, NO_GPU, "auto");
    assertEquals(new Outcome(0, "auto gives the CPU\n"), outcome);
  }

  @Test
  void refusesAGpuByNameWhereNoneIsVisible() throws Exception {
    Outcome outcome = OtherProcess.run(OpenDevices.class, NO_GPU, "cuda", "cpu");
    assertTrue(outcome.output().startsWith("device 'cuda' is not available: "), outcome.output());
    assertTrue(outcome.output().endsWith("cpu gives the CPU\n"), outcome.output());
  }

  @Test
  void keepsToOneDriverPerProcess() throws Exception {
    Outcome outcome = OtherProcess.run(OpenDevices.class, NO_GPU, "cpu", "cuda", "auto");
    List<String> lines = outcome.output().lines().toList();
    assertTrue(lines.get(1).contains("already runs on the cpu driver"), outcome.output());
    assertEquals("auto gives the CPU", lines.get(2));
  }

  @Test
  void saysHowToPassTheLibraryPath() throws Exception {
    String nativeFolder = System.getProperty(NativeFolder.PROPERTY);
    Outcome outcome =
        OtherProcess.run(
            List.of("-Dstic.native.dir=" + nativeFolder, "-Djava.library.path=" + folder),
            OpenDevices.class,
            NO_GPU,
            "cpu");
    assertTrue(
        outcome.output().contains("start Java with -Djava.library.path=" + nativeFolder),
        outcome.output());
  }

  @Test
  void saysThatTheDriverIsNotBuilt() throws Exception {
    String nativeFolder = System.getProperty(NativeFolder.PROPERTY);
    Outcome outcome =
        OtherProcess.run(
            List.of("-Dstic.native.dir=" + folder, "-Djava.library.path=" + nativeFolder),
            OpenDevices.class,
            NO_GPU,
            "cpu");
    assertTrue(
        outcome.output().contains(folder.resolve("libcuda.so.1") + " does not exist"),
        outcome.output());
  }

  @Test
  void findsItsFolderBesideTheClasses() throws Exception {
    String nativeFolder = System.getProperty(NativeFolder.PROPERTY);
    Outcome outcome =
        OtherProcess.run(
            List.of("-Djava.library.path=" + nativeFolder), OpenDevices.class, NO_GPU, "cpu");
    assertEquals(new Outcome(0, "cpu gives the CPU\n"), outcome);
  }

  @Test
  void passesOnWhatTheDriverSaysOfItsEnvironment() throws Exception {
    Outcome outcome =
        OtherProcess.run(OpenDevices.class, Map.of("STIC_SIMT_WORKERS", "many"), "cpu");
    assertTrue(outcome.output().startsWith("cuInit failed: "), outcome.output());
    assertTrue(outcome.output().contains("STIC_SIMT_WORKERS is 'many'"), outcome.output());
  }
}
