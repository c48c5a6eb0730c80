package org.stic.graph;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.DeviceWork;
import org.stic.cuda.MathMode;
import org.stic.graph.op.ConstantOp;
import org.stic.graph.op.UniformOp;
import org.stic.kernels.Cost;
import org.stic.kernels.KernelCall;
import org.stic.kernels.KernelChoice;
import org.stic.kernels.Rung;

/**
 * A graph made ready to run on a device: the kernels that lead to its outputs and effects, in
 * creation order, bound to one arena of memory. Running only enqueues work on the device's stream:
 * nothing is allocated and the host never waits, so many runs can follow each other while all their
 * state stays in {@link Variable}s on the device.
 *
 * <p>The variables of the graph must stay open as long as the program.
 */
public final class Program implements AutoCloseable {

  private static volatile ProgramObserver observer = ProgramObserver.NONE;

  private final Device device;
  private final MathMode math;
  private final Graph graph;
  private final MemoryPlan plan;
  private final DeviceMemory arena;
  private final List<ProgramStep> steps;
  private final List<PreparedCall> prepared;
  private final Replays replays;
  private long runs;
  private boolean closed;

  private Program(Device device, MathMode math, Graph graph, MemoryPlan.Reuse reuse) {
    List<Node> schedule = Schedule.of(graph);
    this.math = math;
    this.device = device;
    this.graph = graph;
    this.plan = MemoryPlan.of(schedule, graph.outputs().values(), reuse);
    this.arena = device.allocate(Math.max(plan.arenaBytes(), ArenaBlock.ALIGNMENT));
    this.steps = ProgramStep.emit(schedule, plan, arena.address());
    this.prepared = prepare();
    this.replays =
        new Replays(device, prepared.stream().map(PreparedCall::work).toArray(DeviceWork[]::new));
    schedule.forEach(this::uploadConstant);
    device.explain(this::explain);
  }

  /**
   * Plans and allocates the memory, and binds the kernels, of everything that leads to an output or
   * an effect. Computes in the device's arithmetic.
   */
  public static Program compile(Device device, Graph graph) {
    return compile(device, device.math(), graph);
  }

  /** The same in an arithmetic of its own. */
  public static Program compile(Device device, MathMode math, Graph graph) {
    return new Program(device, math, graph, MemoryPlan.Reuse.FULL);
  }

  static Program compile(Device device, Graph graph, MemoryPlan.Reuse reuse) {
    return new Program(device, device.math(), graph, reuse);
  }

  /** Sets an input, all elements in row-major order; it keeps the value for all later runs. */
  public void set(String input, float... values) {
    set(input, MemorySegment.ofArray(values));
  }

  /** Sets an input from host memory and waits for the copy. */
  public void set(String input, MemorySegment values) {
    arena.upload(values, plan.offset(input(input, values)));
  }

  /** Where an input lies on the device. */
  public Place place(String input) {
    Tensor tensor = named("input", input, graph.inputs());
    return new Place(input, arena, plan.offset(tensor), tensor.shape().bytes());
  }

  /**
   * Waits for the runs and returns the value of an output after the last of them, in row-major
   * order.
   */
  public float[] get(String output) {
    float[] values = new float[output(output).shape().intElements()];
    get(output, MemorySegment.ofArray(values));
    return values;
  }

  /** Waits for the runs and copies the value of an output to host memory of the same size. */
  public void get(String output, MemorySegment target) {
    Tensor tensor = output(output);
    requireBytes("output", output, tensor, target);
    Variable variable = plan.variable(tensor);
    if (variable == null) {
      arena.download(target, plan.offset(tensor));
    } else {
      variable.download(target, plan.offset(tensor));
    }
  }

  /** Enqueues one run. */
  public void run() {
    run(1);
  }

  /**
   * Enqueues a number of runs; from the second time on as a graph of the driver, which costs the
   * host one call.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public void run(int times) {
    countRuns(times);
    replays.run(times);
  }

  /** Enqueues a number of runs kernel by kernel: what a graph is measured against. */
  public void launch(int times) {
    countRuns(times);
    replays.launch(times);
  }

  /** How often it was run since it was compiled. */
  public long runs() {
    return runs;
  }

  /** The device that it runs on. */
  public Device device() {
    return device;
  }

  /** Lets somebody hear of every program that is closed from now on, instead of whoever did. */
  public static void observe(ProgramObserver newObserver) {
    observer = newObserver;
  }

  /** How many different numbers of runs are recorded as graphs. */
  public int recordings() {
    return replays.recorded();
  }

  /** The kernel calls of one run, in order. */
  public List<KernelCall> calls() {
    return steps.stream().flatMap(step -> step.calls().stream()).toList();
  }

  /** The kernel calls of one run, each ready to be enqueued by itself, in order. */
  public List<PreparedCall> prepared() {
    return prepared;
  }

  /** The least work of one run. */
  public Cost cost() {
    return calls().stream().map(KernelCall::cost).reduce(Cost.NONE, Cost::plus);
  }

  /** Device memory that the program holds besides its variables. */
  public long arenaBytes() {
    return plan.arenaBytes();
  }

  /** What {@link #arenaBytes()} would be if no memory were used twice. */
  public long totalBytes() {
    return plan.totalBytes();
  }

  /**
   * Which kernel serves each node that more than one could, and why not the others: one line each.
   */
  public String explain() {
    return steps.stream()
        .flatMap(step -> step.explanations(device, math).stream())
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** Every node with its kernels: one line each. */
  public String dump() {
    return steps.stream()
        .map(ProgramStep::toString)
        .collect(Collectors.joining("\n", this + "\n", "\n"));
  }

  @Override
  public String toString() {
    return "program of %d nodes, %d launches, %,d bytes moved, %,d flops; arena %,d bytes (%,d without reuse)"
        .formatted(
            steps.size(),
            prepared.size(),
            cost().bytes(),
            cost().flops(),
            arenaBytes(),
            totalBytes());
  }

  /** Frees the arena and the recordings. */
  @Override
  public void close() {
    if (!closed) {
      observer.closing(this);
    }
    closed = true;
    replays.close();
    arena.close();
  }

  private List<PreparedCall> prepare() {
    return steps.stream()
        .flatMap(step -> step.calls().stream().map(call -> prepare(step.node().toString(), call)))
        .toList();
  }

  private PreparedCall prepare(String node, KernelCall call) {
    Rung rung = KernelChoice.of(call, device, math).rung();
    return new PreparedCall(node, rung.name(), call, device.named(node, rung.prepare(device)));
  }

  private void countRuns(int times) {
    if (closed) {
      throw new IllegalStateException("the program was closed");
    }
    if (times < 0) {
      throw new IllegalArgumentException("a program cannot run %d times".formatted(times));
    }
    runs += times;
  }

  private void uploadConstant(Node node) {
    switch (node.operation()) {
      case ConstantOp constant -> upload((Tensor) node, constant.values());
      case UniformOp uniform -> upload((Tensor) node, filled(uniform));
      default -> {}
    }
  }

  private void upload(Tensor constant, float[] values) {
    arena.upload(MemorySegment.ofArray(values), plan.offset(constant));
  }

  private static float[] filled(UniformOp uniform) {
    float[] values = new float[uniform.shape().intElements()];
    Arrays.fill(values, uniform.value());
    return values;
  }

  private Tensor input(String name, MemorySegment values) {
    Tensor tensor = named("input", name, graph.inputs());
    requireBytes("input", name, tensor, values);
    return tensor;
  }

  private Tensor output(String name) {
    return named("output", name, graph.outputs());
  }

  private static Tensor named(String kind, String name, Map<String, Tensor> tensors) {
    if (!tensors.containsKey(name)) {
      throw new IllegalArgumentException(
          "the program has no %s '%s'; it has %s".formatted(kind, name, tensors.keySet()));
    }
    return tensors.get(name);
  }

  private static void requireBytes(String kind, String name, Tensor tensor, MemorySegment host) {
    if (host.byteSize() != tensor.shape().bytes()) {
      throw new IllegalArgumentException(
          "%s '%s' of shape %s has %d elements, not %d"
              .formatted(
                  kind,
                  name,
                  tensor.shape(),
                  tensor.shape().elements(),
                  host.byteSize() / Float.BYTES));
    }
  }
}
