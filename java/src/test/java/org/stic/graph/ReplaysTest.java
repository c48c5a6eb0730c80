package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.Launch;
import org.stic.cuda.TestDevice;
import org.stic.graph.op.IncrementEffect;

/** When runs become graphs of the driver, and that each is run once, whatever it becomes. */
class ReplaysTest {
  private Device device;
  private Variable counter;
  private Variable decaying;
  private Program program;

  /** Two kernels: a counter, and a value that depends on how often it was halved. */
  @BeforeEach
  void open() {
    device = TestDevice.open();
    counter = Variable.allocateCounters(device, "counter", Shape.of(1));
    decaying = Variable.allocate(device, "decaying", Shape.of(5));
    counter.upload(0);
    decaying.upload(1f, 2, 3, 4, 5);
    Graph graph = new Graph();
    graph.assign(decaying, Ops.affine(graph.read(decaying), 0.5f, 1));
    graph.effect(new IncrementEffect(counter));
    program = Program.compile(device, graph);
    assertEquals(2, program.calls().size());
  }

  @AfterEach
  void close() {
    program.close();
    decaying.close();
    counter.close();
    device.close();
  }

  private void assertRan(int times) {
    assertArrayEquals(new int[] {times}, counter.downloadInts());
  }

  @Test
  void recordsANumberOfRunsWhenItIsAskedForAgain() {
    program.run(3);
    assertEquals(0, program.recordings());
    program.run(3);
    assertEquals(1, program.recordings());
    program.run(3);
    program.run();
    assertEquals(1, program.recordings());
    program.run();
    assertEquals(2, program.recordings());
    assertRan(11);
  }

  @Test
  void cutsLongSequencesIntoGraphsOfEqualLength() {
    Launch[] launches =
        program.calls().stream().map(call -> call.bind(device)).toArray(Launch[]::new);
    try (Replays replays = new Replays(device, launches, 10)) {
      replays.run(11);
      assertRan(11);
      // Parts of 4, 4 and 3 runs: one length came twice.
      assertEquals(1, replays.recorded());
      replays.run(11);
      assertRan(22);
      assertEquals(2, replays.recorded());
    }
  }

  @Test
  void aRunWithMoreKernelsThanAGraphShouldHaveIsAGraphOfItsOwn() {
    Launch[] launches =
        program.calls().stream().map(call -> call.bind(device)).toArray(Launch[]::new);
    try (Replays replays = new Replays(device, launches, 1)) {
      replays.run(5);
      assertRan(5);
      assertEquals(1, replays.recorded());
    }
  }

  @Test
  void launchesWhatWouldBeOneRecordingTooMany() {
    int total = 0;
    for (int round = 0; round < 3; round++) {
      for (int times = 1; times <= Replays.MOST_RECORDINGS + 3; times++) {
        program.run(times);
        total += times;
      }
    }
    assertEquals(Replays.MOST_RECORDINGS, program.recordings());
    assertRan(total);
  }

  @Test
  void noRunsAreNoWork() {
    program.run(0);
    program.run(0);
    assertEquals(0, program.recordings());
    assertRan(0);
  }

  @Test
  void readsWhatVariablesHoldAtEachReplay() {
    for (int round = 0; round < 4; round++) {
      decaying.upload(2f * round, 0, 0, 0, 0);
      program.run();
      assertEquals(round + 1f, decaying.download()[0]);
    }
    assertEquals(1, program.recordings());
  }

  @Test
  void recordsNothingWhereEachLaunchIsChecked() {
    device.checkEveryLaunch();
    program.run(2);
    program.run(2);
    assertEquals(0, program.recordings());
    assertRan(4);
  }

  @Test
  void stopsReplayingWhereLaunchesAreCheckedFromNowOn() {
    program.run(2);
    program.run(2);
    device.checkEveryLaunch();
    program.run(2);
    assertRan(6);
  }

  @Test
  void aClosedProgramReplaysNothing() {
    program.run();
    program.run();
    program.close();
    assertThrows(IllegalStateException.class, () -> program.run());
    assertThrows(IllegalStateException.class, () -> program.launch(1));
    assertRan(2);
  }
}
