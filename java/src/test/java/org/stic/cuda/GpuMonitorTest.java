package org.stic.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings of a GPU, with a stand-in for NVIDIA's management library. */
@Tag("cpu-driver")
class GpuMonitorTest {
  private static final String BUS_ID = "0000:3B:00.0";
  private static final Stub STUB = new Stub("libnvidia-ml.so.1");

  @TempDir Path folder;

  private static void set(int clock, int defaultClock, long reasons) {
    STUB.call(
        "stub_nvml_set",
        FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_LONG),
        clock,
        defaultClock,
        reasons);
  }

  private static int users() {
    return (int) STUB.call("stub_nvml_users", FunctionDescriptor.of(JAVA_INT));
  }

  private static String whyAbsent(GpuMonitor monitor) {
    return monitor.read() instanceof GpuReading.Absent(String why) ? why : "it is there";
  }

  @Test
  void readsAllQuantities() {
    try (GpuMonitor monitor = GpuMonitor.open(List.of(folder, Stub.FOLDER), BUS_ID)) {
      set(1500, 1755, 0x24);
      assertEquals(
          new GpuReading.Values(
              OptionalInt.of(1500),
              OptionalInt.of(3201),
              OptionalInt.of(1755),
              OptionalInt.of(1980),
              OptionalInt.of(612_345),
              OptionalInt.of(57),
              Set.of(ThrottleReason.SOFTWARE_POWER_CAP, ThrottleReason.SOFTWARE_THERMAL_SLOWDOWN)),
          monitor.read());
      assertEquals(1, users());
    }
    assertEquals(0, users());
  }

  @Test
  void takesTheHighestClockWhereNoneIsPromised() {
    try (GpuMonitor monitor = GpuMonitor.open(List.of(Stub.FOLDER), BUS_ID)) {
      set(1500, 0, 0x1);
      GpuReading.Values values = (GpuReading.Values) monitor.read();
      assertEquals(OptionalInt.of(1980), values.defaultSmMegahertz());
      assertEquals(Set.of(ThrottleReason.GPU_IDLE), values.throttleReasons());
      assertTrue(values.throttleReasons().stream().noneMatch(ThrottleReason::slowsWork));
    }
  }

  @Test
  void saysWhyNothingIsKnown() throws IOException {
    try (GpuMonitor none = GpuMonitor.open(List.of(folder), BUS_ID)) {
      assertEquals("no libnvidia-ml.so.1 in [" + folder + "]", whyAbsent(none));
    }
    try (GpuMonitor other = GpuMonitor.open(List.of(Stub.FOLDER), "0000:04:00.0")) {
      assertTrue(
          whyAbsent(other).endsWith("nvmlDeviceGetHandleByPciBusId_v2 of 0000:04:00.0 returned 6"),
          whyAbsent(other));
      assertEquals(0, users());
    }
    Files.writeString(folder.resolve("libnvidia-ml.so.1"), "no library");
    try (GpuMonitor broken = GpuMonitor.open(List.of(folder), BUS_ID)) {
      assertTrue(whyAbsent(broken).contains("does not load"), whyAbsent(broken));
    }
    try (Device device = Device.open(DeviceChoice.CPU);
        GpuMonitor cpu = GpuMonitor.of(device)) {
      assertEquals("the device is the CPU", whyAbsent(cpu));
    }
  }
}
