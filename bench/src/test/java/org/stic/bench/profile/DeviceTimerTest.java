package org.stic.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.DeviceMemory;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.kernels.Fill;
import org.stic.kernels.KernelCall;

class DeviceTimerTest {
  private static final String QUICK = "samples=5;seconds=0.01;max=0.1;flush=1M";
  private static final int ELEMENTS = 1000;

  private Device device;
  private DeviceMemory memory;

  @BeforeEach
  void open() {
    device = Device.open(DeviceChoice.CPU);
    memory = device.allocate(Float.BYTES * ELEMENTS);
  }

  @AfterEach
  void close() {
    Subjects.ignore();
    memory.close();
    device.close();
  }

  private Subject fills(int count) {
    List<KernelCall> calls =
        IntStream.range(0, count)
            .mapToObj(i -> Fill.constant(memory.address(), ELEMENTS, i))
            .toList();
    return Subject.of(device, calls);
  }

  private static List<String> labels(List<DeviceTime> times) {
    return times.stream().map(time -> DeviceTimeResult.label(time.part(), time.cold())).toList();
  }

  private static List<DeviceTime> measure(String options, Subject subject) {
    return new DeviceTimer(DeviceTimeSettings.parse(options)).measure(subject);
  }

  @Test
  void allAndEachCallColdAndHot() {
    List<DeviceTime> times = measure(QUICK, fills(2));
    assertEquals(
        List.of(
            "device.cold",
            "device.cold fill",
            "device.cold fill (2)",
            "device.hot",
            "device.hot fill",
            "device.hot fill (2)"),
        labels(times));
    for (DeviceTime time : times) {
      assertTrue(time.samples().size() >= 5, time.toString());
      assertTrue(time.median() > 0 && time.median() < 0.1, time.toString());
      long fills = time.part().isEmpty() ? 2 : 1;
      assertEquals(fills * Float.BYTES * ELEMENTS, time.bytes());
    }
  }

  @Test
  void oneCallIsAll() {
    assertEquals(List.of("device.hot"), labels(measure(QUICK + ";cold=false", fills(1))));
    assertEquals(
        List.of("device.cold"), labels(measure(QUICK + ";hot=false;calls=false", fills(2))));
  }

  private Program program() {
    Graph graph = new Graph();
    graph.output("y", Ops.affine(Ops.square(graph.input("x", Shape.of(2))), 3, 1));
    return Program.compile(device, graph);
  }

  @Test
  void programsThatRanAreShownWhenTheyClose() {
    List<Subject> shown = new ArrayList<>();
    Subjects.listen(shown::add);
    try (Program idle = program();
        Program used = program()) {
      used.set("x", 1, 2);
      idle.set("x", 1, 2);
      used.run();
    }
    assertEquals(1, shown.size());
    assertEquals("program 1", shown.getFirst().name());
    assertEquals(
        List.of("%1 unary [2] unary_square_0", "%2 affine [2] affine"),
        shown.getFirst().calls().stream().map(Span::name).toList());
    Subjects.ignore();
    Subjects.closing(fills(1));
    assertEquals(1, shown.size());
  }
}
