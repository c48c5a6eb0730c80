package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stic.cuda.OtherProcess.Outcome;

/**
 * Errors that end a context or need another environment; on the CPU driver, which can check and
 * limit itself.
 */
@Tag("cpu-driver")
class DeviceErrorTest {

  /** Writes one element behind a buffer and prints what each later step says. */
  static final class IllegalAccess {
    private IllegalAccess() {}

    public static void main(String[] arguments) {
      try (Device device = Device.open(DeviceChoice.CPU);
          DeviceMemory memory = device.allocate(64)) {
        report(() -> fill(device, memory.address(), 17));
        report(() -> memory.downloadFloats());
        report(() -> fill(device, memory.address(), 16));
      }
      System.out.println("closed");
    }

    private static void fill(Device device, long address, long count) {
      KernelArguments arguments =
          new KernelArguments(3).pointer(address).longInteger(count).real(1);
      Launch.bind(device, "fill", count, 1, 1, arguments).enqueue(device.stream());
      device.synchronize();
    }

    private static void report(Runnable step) {
      try {
        step.run();
        System.out.println("no error");
      } catch (DeviceException e) {
        System.out.println(e.codeName() + " | " + e.getMessage());
      }
    }
  }

  /** Allocates until the driver refuses. */
  static final class Exhaustion {
    private Exhaustion() {}

    public static void main(String[] arguments) {
      try (Device device = Device.open(DeviceChoice.CPU);
          DeviceMemory half = device.allocate(6 << 20)) {
        try {
          device.allocate(6 << 20).close();
        } catch (OutOfDeviceMemoryException e) {
          System.out.println(e.requestedBytes() + " " + (e.freeBytes() < e.requestedBytes()));
        }
        half.upload(new float[] {1});
        System.out.println(half.bytes() + " still usable");
      }
    }
  }

  @Test
  void anIllegalAccessEndsTheContextButNotTheProcess() throws Exception {
    Outcome outcome = OtherProcess.run(IllegalAccess.class, Map.of("STIC_SIMT_CHECK", "1"));
    List<String> lines = outcome.output().lines().toList();
    assertEquals(0, outcome.exitCode(), outcome.output());
    for (String line : lines.subList(0, 3)) {
      assertTrue(line.startsWith("CUDA_ERROR_ILLEGAL_ADDRESS"), outcome.output());
    }
    assertTrue(lines.getFirst().contains("fill"), outcome.output());
    assertEquals("closed", lines.getLast());
  }

  @Test
  void refusesMemoryBeyondTheLimitAndGoesOn() throws Exception {
    Outcome outcome =
        OtherProcess.run(Exhaustion.class, Map.of("STIC_SIMT_MEMORY", Integer.toString(10 << 20)));
    assertEquals("6291456 true\n6291456 still usable\n", outcome.output());
  }
}
