package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.OtherProcess;
import org.stic.cuda.SimtControl;
import org.stic.cuda.TestDevice;

/**
 * Inputs that are uploaded beside the runs. In the CPU driver's late mode every copy and kernel is
 * done at the last moment that CUDA allows, so a wait that is missing gives wrong sums.
 */
class InputFeedTest {
  private static final int ELEMENTS = 33;

  private Device device;
  private Variable sum;
  private Variable factor;
  private Program program;
  private InputFeed feed;

  /** {@code sum = 2 sum + factor x}: the order of the runs matters, and which inputs each saw. */
  @BeforeEach
  void open() {
    device = TestDevice.open();
    sum = Variable.allocate(device, "sum", Shape.of(ELEMENTS));
    factor = Variable.allocate(device, "factor", Shape.of(1));
    sum.upload(new float[ELEMENTS]);
    Graph graph = new Graph();
    Tensor added = Ops.multiply(graph.input("x", Shape.of(ELEMENTS)), graph.read(factor));
    graph.assign(sum, Ops.add(Ops.scale(graph.read(sum), 2), added));
    program = Program.compile(device, graph);
    feed = new InputFeed(device, program.place("x"), factor.place());
  }

  @AfterEach
  void close() {
    if (!device.isGpu()) {
      SimtControl.of(device).setLate(false);
    }
    feed.close();
    program.close();
    factor.close();
    sum.close();
    device.close();
  }

  /** Feeds and runs; the host's values are ruined at once. */
  private void run(float x, float scale) {
    float[] values = new float[ELEMENTS];
    Arrays.fill(values, x);
    float[] scales = {scale};
    feed.set("x", MemorySegment.ofArray(values));
    feed.set("factor", MemorySegment.ofArray(scales));
    Arrays.fill(values, Float.NaN);
    scales[0] = Float.NaN;
    feed.submit();
    program.run();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachRunSeesItsOwnInputs(boolean late) {
    if (!device.isGpu()) {
      SimtControl.of(device).setLate(late);
    }
    float expected = 0;
    for (int step = 1; step <= 9; step++) {
      run(step, 10 - step);
      expected = 2 * expected + step * (10 - step);
    }
    float[] all = new float[ELEMENTS];
    Arrays.fill(all, expected);
    assertArrayEquals(all, sum.download());
  }

  @Test
  void refusesASubmissionThatIsNotComplete() {
    run(1, 1);
    feed.set("x", MemorySegment.ofArray(new float[ELEMENTS]));
    assertEquals(
        "input 'factor' was not set for this submission",
        assertThrows(IllegalStateException.class, feed::submit).getMessage());
  }

  /** Runs a feed whose device fails, and closes everything: the failure alone is reported. */
  static final class FailingFeed {
    private FailingFeed() {}

    public static void main(String[] arguments) {
      try (Device device = Device.open(DeviceChoice.CPU);
          Variable value = Variable.allocate(device, "value", Shape.of(1));
          InputFeed feed = new InputFeed(device, value.place())) {
        feed.set("value", MemorySegment.ofArray(new float[1]));
        feed.submit();
        throw new IllegalStateException("the first failure");
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage() + ", then " + e.getSuppressed().length);
      }
    }
  }

  @Test
  @Tag("cpu-driver")
  void closesQuietlyAfterTheContextIsLost() throws Exception {
    OtherProcess.Outcome outcome =
        OtherProcess.run(
            FailingFeed.class, Map.of("STIC_SIMT_FAULT", "cuStreamSynchronize:1:ILLEGAL_ADDRESS"));
    assertEquals("the first failure, then 0\n", outcome.output());
  }

  @Test
  void refusesWrongNamesAndSizes() {
    assertEquals(
        "nothing named 'y' is fed, only [x, factor]",
        assertThrows(
                IllegalArgumentException.class,
                () -> feed.set("y", MemorySegment.ofArray(new float[1])))
            .getMessage());
    assertEquals(
        "input 'x' has 132 bytes, not 4",
        assertThrows(
                IllegalArgumentException.class,
                () -> feed.set("x", MemorySegment.ofArray(new float[1])))
            .getMessage());
  }
}
