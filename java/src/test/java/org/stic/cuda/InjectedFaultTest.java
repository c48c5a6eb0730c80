package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stic.cuda.OtherProcess.Outcome;

/**
 * No return code is overlooked: each driver function fails once, is named, and works when it is
 * called again.
 */
@Tag("cpu-driver")
class InjectedFaultTest {
  /**
   * The driver's functions and which call of each fails; opening a device makes the calls before.
   */
  private static final List<String> FAULTS =
      List.of(
          "cuStreamSynchronize:1",
          "cuMemAlloc_v2:1",
          "cuMemHostAlloc:1",
          "cuStreamCreate:2",
          "cuEventCreate:1",
          "cuEventRecord:1",
          "cuStreamWaitEvent:1",
          "cuMemcpyHtoDAsync_v2:1",
          "cuMemcpyDtoHAsync_v2:1",
          "cuMemcpyDtoDAsync_v2:1",
          "cuMemsetD8Async:1",
          "cuModuleGetFunction:1",
          "cuModuleGetGlobal_v2:1",
          "cuLaunchKernel:1",
          "cuStreamBeginCapture_v2:1",
          "cuGraphInstantiateWithFlags:1",
          "cuGraphLaunch:1");

  /** Uses every part of the API, each step until it works, and prints the failures. */
  static final class EveryCall {
    private EveryCall() {}

    public static void main(String[] arguments) {
      try (Device device = Device.open(DeviceChoice.CPU)) {
        Stream stream = device.stream();
        attempt(device::synchronize);
        attempt(() -> device.allocate(16).close());
        attempt(() -> PinnedMemory.allocate(device, 16).close());
        attempt(() -> Stream.create(device).close());
        attempt(() -> Event.create(device).close());
        try (Event event = Event.create(device);
            PinnedMemory host = PinnedMemory.allocate(device, 16);
            DeviceMemory memory = device.allocate(16);
            DeviceMemory other = device.allocate(16)) {
          attempt(() -> event.record(stream));
          attempt(() -> stream.waitFor(event));
          copy(stream, host.segment(), memory, other);
          attempt(() -> device.kernel("increment_counter"));
          launch(device, memory);
        }
      }
    }

    private static void copy(Stream stream, MemorySegment host, DeviceMemory a, DeviceMemory b) {
      attempt(() -> stream.upload(a, 0, host));
      attempt(() -> stream.download(host, a, 0));
      attempt(() -> stream.copy(b, 0, a, 0, 16));
      attempt(a::zero);
    }

    private static void launch(Device device, DeviceMemory memory) {
      KernelArguments counter = new KernelArguments(1).pointer(memory.address());
      Launch launch = Launch.bind(device, "increment_counter", 1, 1, 1, counter);
      attempt(() -> launch.enqueue(device.stream()));
      attempt(() -> capture(device, launch).close());
      try (ExecGraph graph = capture(device, launch)) {
        attempt(() -> graph.launch(device.stream()));
      }
      System.out.println(memory.downloadInts()[0] + " increments");
    }

    private static ExecGraph capture(Device device, Launch launch) {
      return ExecGraph.capture(device.stream(), () -> launch.enqueue(device.stream()));
    }

    private static void attempt(Runnable step) {
      for (boolean failed = true; failed; ) {
        try {
          step.run();
          failed = false;
        } catch (DeviceException e) {
          System.out.println(e.call() + " " + e.codeName());
        }
      }
    }
  }

  @Test
  void namesEveryCallThatFailsAndGoesOn() throws Exception {
    String faults =
        FAULTS.stream().map(fault -> fault + ":NOT_PERMITTED").collect(Collectors.joining(","));
    Outcome outcome = OtherProcess.run(EveryCall.class, Map.of("STIC_SIMT_FAULT", faults));
    String expected =
        FAULTS.stream()
            .map(
                fault ->
                    fault.replaceAll("(_v2|WithFlags)?:.*", "") + " CUDA_ERROR_NOT_PERMITTED\n")
            .collect(Collectors.joining());
    assertEquals(expected + "2 increments\n", outcome.output());
  }
}
