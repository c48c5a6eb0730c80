package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.op.AdamEffect;
import org.stic.graph.op.IncrementEffect;
import org.stic.graph.op.MetropolisEffect;
import org.stic.kernels.Wall;

/** Running programs: variables, order, reuse of memory, captured graphs, and clear refusals. */
class ProgramTest {

  private static Device device;
  private final List<Variable> variables = new ArrayList<>();

  @BeforeAll
  static void open() {
    device = TestDevice.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @AfterEach
  void free() {
    variables.forEach(Variable::close);
  }

  private Variable variable(String name, Shape shape) {
    Variable variable = Variable.allocate(device, name, shape);
    variables.add(variable);
    return variable;
  }

  @RepeatedTest(20)
  void reuseOfMemoryChangesNoBit(RepetitionInfo repetition) {
    long seed = TestSeed.value() + repetition.getCurrentRepetition();
    float[][] shared = runRandomGraph(seed, MemoryPlan.Reuse.FULL, ProgramTest::launch);
    float[][] apart = runRandomGraph(seed, MemoryPlan.Reuse.NONE, ProgramTest::launch);
    for (int i = 0; i < shared.length; i++) {
      assertArrayEquals(apart[i], shared[i], "result " + i + ", seed " + seed);
    }
  }

  @RepeatedTest(3)
  void launchesAndReplayedGraphsGiveTheSameBits(RepetitionInfo repetition) {
    long seed = TestSeed.value() + repetition.getCurrentRepetition();
    float[][] launches = runRandomGraph(seed, MemoryPlan.Reuse.FULL, ProgramTest::launch);
    float[][] captured = runRandomGraph(seed, MemoryPlan.Reuse.FULL, ProgramTest::replay);
    for (int i = 0; i < launches.length; i++) {
      assertArrayEquals(launches[i], captured[i], "result " + i + ", seed " + seed);
    }
  }

  private static final int RUNS = 5;

  private static void launch(Program program) {
    program.launch(RUNS);
  }

  private static void replay(Program program) {
    for (int run = 0; run < RUNS; run++) {
      program.run();
    }
    assertEquals(1, program.recordings());
  }

  /** Outputs and variables after some runs. */
  private static float[][] runRandomGraph(
      long seed, MemoryPlan.Reuse reuse, Consumer<Program> runs) {
    Random random = new Random(seed);
    try (Variable flat =
            Variable.allocate(device, "flat", Shape.of(3 * RandomGraph.SHAPE.intElements()));
        Variable single = Variable.allocate(device, "single", RandomGraph.SHAPE)) {
      int part = RandomGraph.SHAPE.intElements();
      flat.upload(normal(random, 3 * part));
      single.upload(normal(random, part));
      List<Variable> state =
          List.of(
              single,
              flat.view("first", 0, RandomGraph.SHAPE),
              flat.view("second", part, RandomGraph.SHAPE),
              flat.view("across", part / 2, RandomGraph.SHAPE));
      RandomGraph random40 = new RandomGraph(seed, 40, state);
      try (Program program = Program.compile(device, random40.graph, reuse)) {
        program.set("a", normal(random, part));
        program.set("b", normal(random, part));
        runs.accept(program);
        return new float[][] {
          program.get("output 0"),
          program.get("output 1"),
          program.get("output 2"),
          program.get("last"),
          flat.download(),
          single.download()
        };
      }
    }
  }

  private static float[] normal(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void readsSeeEarlierWritesOnly() {
    Variable v = variable("v", Shape.of(4));
    v.upload(1f, 2f, 3f, 4f);
    Graph graph = new Graph();
    Tensor before = graph.read(v);
    graph.assign(v, Ops.affine(before, 10, 0));
    Tensor after = graph.read(v);
    graph.output("before", before);
    graph.output("sum", Ops.add(before, after));
    try (Program program = Program.compile(device, graph)) {
      program.run();
      assertArrayEquals(new float[] {1, 2, 3, 4}, program.get("before"));
      assertArrayEquals(new float[] {11, 22, 33, 44}, program.get("sum"));
      assertArrayEquals(new float[] {10, 20, 30, 40}, v.download());
    }
  }

  @Test
  void anUpdateOfAVariableIsOneLaunchWithoutACopy() {
    Variable v = variable("v", Shape.of(100));
    Graph graph = new Graph();
    graph.assign(v, Ops.affine(graph.read(v), 0.5f, 1));
    try (Program program = Program.compile(device, graph)) {
      program.run(10);
      assertEquals(1, program.calls().size());
      assertEquals(0, program.arenaBytes());
      assertEquals(2 - Math.scalb(2f, -10), v.download()[99]);
    }
  }

  @Test
  void gradientsAreComputedInTheFlatBuffer() {
    Variable parameters = variable("parameters", Shape.of(64));
    Variable gradients = variable("gradients", Shape.of(64));
    parameters.upload(normal(new Random(TestSeed.value()), 64));
    Graph graph = new Graph();
    Tensor x = graph.input("x", Shape.of(5, 8));
    Tensor a = graph.read(parameters.view("a", 0, Shape.of(8, 4)));
    Tensor b = graph.read(parameters.view("b", 32, Shape.of(4, 8)));
    Tensor y = Ops.matmul(Ops.tanh(Ops.matmul(x, a)), b);
    List<Tensor> parts = Gradients.of(y, List.of(a, b));
    graph.assign(gradients.view("a", 0, Shape.of(8, 4)), parts.get(0));
    graph.assign(gradients.view("b", 32, Shape.of(4, 8)), parts.get(1));
    try (Program program = Program.compile(device, graph)) {
      assertTrue(
          program.calls().stream().noneMatch(call -> call.kernel().startsWith("copy")),
          program::dump);
    }
  }

  @Test
  void countersAndRunsGoOnWithoutTheHost() {
    Variable counter = Variable.allocateCounters(device, "counter", Shape.of(1));
    variables.add(counter);
    Graph graph = new Graph();
    Tensor noise = Ops.normal(graph.read(counter), 7, 3, Shape.of(1000));
    graph.output("noise", noise);
    graph.effect(new IncrementEffect(counter));
    try (Program program = Program.compile(device, graph)) {
      program.run(5);
      float[] fifth = program.get("noise");
      assertArrayEquals(new int[] {5}, counter.downloadInts());
      counter.upload(4);
      program.run();
      assertArrayEquals(fifth, program.get("noise"));
      program.run();
      assertTrue(fifth[0] != program.get("noise")[0]);
    }
  }

  @Test
  void aRunAllocatesNothing() {
    Variable v = variable("v", Shape.of(64));
    Graph graph = new Graph();
    graph.assign(v, Ops.tanh(Ops.affine(graph.read(v), 0.5f, 1)));
    try (Program program = Program.compile(device, graph)) {
      for (int i = 0; i < 2_000; i++) {
        program.run(3);
        program.run(10);
      }
      assertEquals(2, program.recordings());
      assertEquals(0, allocatedBy(() -> program.run(3)));
      assertEquals(0, allocatedBy(() -> program.run(10)));
      device.synchronize();
    }
  }

  /** The least that several measurements see: the measurement itself may allocate once. */
  private static long allocatedBy(Runnable body) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 10; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      body.run();
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  @Test
  void inputsKeepTheirValue() {
    Graph graph = new Graph();
    graph.output("y", Ops.square(graph.input("x", Shape.of(3))));
    try (Program program = Program.compile(device, graph)) {
      program.set("x", 1, 2, 3);
      program.run(2);
      assertArrayEquals(new float[] {1, 4, 9}, program.get("y"));
    }
  }

  @Test
  void constantsAndInputsMayBeOutputs() {
    Graph graph = new Graph();
    graph.output("constant", graph.constant(Shape.of(2), 3, 4));
    graph.output("uniform", graph.constant(Shape.of(2), 5));
    graph.output("view", Ops.slice(graph.input("x", Shape.of(4, 2)), 0, 2, 4));
    try (Program program = Program.compile(device, graph)) {
      program.set("x", 1, 2, 3, 4, 5, 6, 7, 8);
      program.run();
      assertArrayEquals(new float[] {3, 4}, program.get("constant"));
      assertArrayEquals(new float[] {5, 5}, program.get("uniform"));
      assertArrayEquals(new float[] {5, 6, 7, 8}, program.get("view"));
    }
  }

  @Test
  void whatIsNotNeededIsNotComputed() {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Shape.of(3));
    Ops.tanh(x);
    graph.output("y", Ops.square(x));
    try (Program program = Program.compile(device, graph)) {
      assertEquals(1, program.calls().size());
      assertTrue(program.dump().contains("unary_square_0"), program.dump());
    }
  }

  @Test
  void wrongNamesAndLengthsAreRefused() {
    Graph graph = new Graph();
    graph.output("y", Ops.square(graph.input("x", Shape.of(3))));
    try (Program program = Program.compile(device, graph)) {
      assertMessage("the program has no input 'z'; it has [x]", () -> program.set("z", 1));
      assertMessage("the program has no output 'x'; it has [y]", () -> program.get("x"));
      assertMessage("input 'x' of shape [3] has 3 elements, not 2", () -> program.set("x", 1, 2));
      assertMessage("a program cannot run -1 times", () -> program.run(-1));
    }
  }

  @Test
  void variablesRefuseWhatDoesNotFit() {
    Variable v = variable("v", Shape.of(8));
    assertMessage(
        "variable v [8] holds floats; it cannot be used as counters", () -> v.upload(1, 2));
    assertMessage("variable v [8] has 8 elements, not 2", () -> v.upload(1f, 2f));
    assertMessage(
        "view w [4] at element 6 does not fit into variable v [8]; it must lie inside and start at"
            + " a multiple of 4",
        () -> v.view("w", 6, Shape.of(4)));
    Graph graph = new Graph();
    assertMessage(
        "assign: variable v [8] cannot hold a value of shape [3]",
        () -> graph.assign(v, graph.constant(Shape.of(3), 1)));
  }

  @Test
  void effectsRefuseOperandsOfOtherLengths() {
    Variable v = variable("v", Shape.of(8));
    Graph graph = new Graph();
    Tensor x = graph.read(v);
    assertMessage(
        "adam: hyper must have 8 elements, not shape []",
        () -> new AdamEffect(v, v, v, x, Ops.norm(x), Ops.norm(x), x));
    assertMessage(
        "langevin: step size must have 1 elements, not shape [8]",
        () -> Ops.langevin(x, x, x, null, x, 1, 1, Wall.NONE));
    assertMessage(
        "metropolis: each number per chain must have 8 elements; the variable given is w [4]",
        () -> new MetropolisEffect.Chains(v, v, v, v, v, v, v.view("w", 4, Shape.of(4))));
  }

  @Test
  void aClosedProgramDoesNotRun() {
    Graph graph = new Graph();
    graph.output("y", Ops.square(graph.input("x", Shape.of(3))));
    Program program = Program.compile(device, graph);
    program.close();
    assertEquals(
        "the program was closed",
        assertThrows(IllegalStateException.class, program::run).getMessage());
  }

  private static void assertMessage(String message, Runnable body) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, body::run).getMessage());
  }
}
