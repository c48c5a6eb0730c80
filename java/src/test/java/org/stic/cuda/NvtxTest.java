package org.stic.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;

/** Ranges named by graph node, with a stand-in for NVIDIA's NVTX library that writes them down. */
@Tag("cpu-driver")
class NvtxTest {
  private static final Stub STUB = new Stub("libnvToolsExt.so.1");

  @TempDir Path folder;
  private Device device;

  @BeforeEach
  void open() {
    device = Device.open(DeviceChoice.CPU);
  }

  @AfterEach
  void close() {
    device.close();
  }

  private static String record() {
    MemorySegment text =
        (MemorySegment) STUB.call("stub_nvtx_record", FunctionDescriptor.of(ADDRESS));
    return text.reinterpret(Long.MAX_VALUE).getString(0);
  }

  private static Graph graph() {
    Graph graph = new Graph();
    graph.output("y", Ops.affine(Ops.square(graph.input("x", Shape.of(2))), 3, 1));
    return graph;
  }

  private static Program run(Device device) {
    Program program = Program.compile(device, graph());
    program.set("x", 1, 2);
    for (int i = 0; i < 3; i++) {
      program.run(1);
    }
    assertArrayEquals(new float[] {4, 13}, program.get("y"));
    return program;
  }

  @Test
  void everyNodeOfEveryRunHasItsRange() {
    device.nameRangesIfFound(List.of(folder, Stub.FOLDER));
    String before = record();
    try (Program program = run(device)) {
      assertEquals(0, program.recordings(), "a graph has no names");
      StringBuilder expected = new StringBuilder();
      program.prepared().forEach(call -> expected.append("+%s%n-%n".formatted(call.node())));
      assertTrue(expected.toString().contains("affine"), expected.toString());
      assertEquals(before + expected.toString().repeat(3), record());
    }
  }

  @Test
  void withoutTheLibraryNothingHappens() {
    String before = record();
    device.nameRangesIfFound(List.of(folder));
    assertFalse(device.launchesSingly());
    run(device).close();
    assertEquals(before, record());
    assertTrue(
        Nvtx.problem(List.of(folder)).startsWith("no NVTX to name ranges with: none of [lib"));
  }

  @Test
  void nothingIsMarkedUnlessItIsAskedFor() {
    String before = record();
    try (Program program = run(device)) {
      assertEquals(1, program.recordings());
    }
    assertEquals(before, record());
    assertFalse(Nvtx.isAskedFor(null));
    assertFalse(Nvtx.isAskedFor("0"));
    assertTrue(Nvtx.isAskedFor("1"));
  }

  /** Opens a device in an environment of its own. */
  static final class Opening {
    public static void main(String[] arguments) {
      try (Device device = Device.open(DeviceChoice.CPU)) {
        System.out.println("singly: " + device.launchesSingly());
      }
    }
  }

  @Test
  void theEnvironmentAsks() throws IOException, InterruptedException {
    String asked =
        OtherProcess.run(
                Opening.class, Map.of("STIC_NVTX", "1", "LD_LIBRARY_PATH", Stub.FOLDER.toString()))
            .output();
    assertTrue(asked.contains("singly: true"), asked);
    String wrong = OtherProcess.run(Opening.class, Map.of("STIC_NVTX", "yes")).output();
    assertTrue(wrong.contains("STIC_NVTX must be 0 or 1, not 'yes'"), wrong);
    assertThrows(DeviceUnavailableException.class, () -> Nvtx.isAskedFor("2"));
  }
}
