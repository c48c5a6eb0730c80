package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.stic.graph.op.Leaf;

/** The memory plan of graphs without variables, checked against lifetimes worked out by hand. */
class MemoryPlanTest {

  /** Bytes from an offset on, needed from one step to another. */
  private record Life(Node node, long offset, long bytes, int first, int last) {

    boolean meets(Life other) {
      return first <= other.last && other.first <= last;
    }

    boolean overlaps(Life other) {
      return offset < other.offset + other.bytes && other.offset < offset + bytes;
    }

    /** The other value is made in place of this one, which it reads element by element. */
    boolean handsOverTo(Life other) {
      return last == other.first
          && offset == other.offset
          && bytes == other.bytes
          && other.node instanceof Tensor result
          && result.operation().inputs().stream()
              .filter(input -> usesMemoryOf(input, (Tensor) node))
              .allMatch(input -> result.operation().overwritable().contains(input));
    }
  }

  @RepeatedTest(40)
  void liveValuesNeverOverlap(RepetitionInfo repetition) {
    Graph graph =
        new RandomGraph(TestSeed.value() + repetition.getCurrentRepetition(), 40, List.of()).graph;
    List<Life> lives = lives(graph, plan(graph, MemoryPlan.Reuse.FULL));
    for (Life a : lives) {
      for (Life b : lives) {
        boolean apart =
            a.equals(b) || !a.meets(b) || !a.overlaps(b) || a.handsOverTo(b) || b.handsOverTo(a);
        assertTrue(apart, () -> a + " overlaps " + b);
      }
    }
  }

  @RepeatedTest(5)
  void everythingLiesInTheArena(RepetitionInfo repetition) {
    Graph graph =
        new RandomGraph(TestSeed.value() + repetition.getCurrentRepetition(), 40, List.of()).graph;
    MemoryPlan plan = plan(graph, MemoryPlan.Reuse.FULL);
    for (Life life : lives(graph, plan)) {
      assertTrue(life.offset >= 0 && life.offset + life.bytes <= plan.arenaBytes(), life::toString);
    }
  }

  @Test
  void aChainNeedsOneBlockBesidesItsInput() {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Shape.of(1000));
    for (int i = 0; i < 10; i++) {
      x = Ops.tanh(x);
    }
    graph.output("y", x);
    assertEquals(2 * 4096, plan(graph, MemoryPlan.Reuse.FULL).arenaBytes());
    assertEquals(11 * 4096, plan(graph, MemoryPlan.Reuse.NONE).arenaBytes());
  }

  @Test
  void aValueThatIsStillNeededIsNotOverwritten() {
    Graph graph = new Graph();
    Tensor x = Ops.tanh(graph.input("x", Shape.of(64)));
    Tensor y = Ops.tanh(x);
    graph.output("z", Ops.add(x, y));
    MemoryPlan plan = plan(graph, MemoryPlan.Reuse.FULL);
    assertTrue(plan.offset(x) != plan.offset(y));
  }

  @Test
  void anOperandThatIsAlsoReadAcrossElementsIsNotOverwritten() {
    Graph graph = new Graph();
    Tensor x = Ops.tanh(graph.input("x", Shape.of(8, 8)));
    Tensor sum = Ops.add(x, Ops.slice(x, 0, 1, 2));
    graph.output("sum", sum);
    MemoryPlan plan = plan(graph, MemoryPlan.Reuse.FULL);
    assertTrue(plan.offset(x) != plan.offset(sum));
  }

  @Test
  void viewsShareMemory() {
    Graph graph = new Graph();
    Tensor x = Ops.tanh(graph.input("x", Shape.of(4, 8)));
    Tensor rows = Ops.reshape(Ops.slice(x, 0, 1, 3), Shape.of(16));
    graph.output("rows", rows);
    MemoryPlan plan = plan(graph, MemoryPlan.Reuse.FULL);
    assertEquals(plan.offset(x) + 8 * Float.BYTES, plan.offset(rows));
  }

  private static MemoryPlan plan(Graph graph, MemoryPlan.Reuse reuse) {
    return MemoryPlan.of(Schedule.of(graph), graph.outputs().values(), reuse);
  }

  private static List<Life> lives(Graph graph, MemoryPlan plan) {
    List<Node> schedule = Schedule.of(graph);
    List<Life> lives = new ArrayList<>();
    for (Node node : schedule) {
      long workspace = node.operation().workspaceBytes();
      if (workspace > 0) {
        lives.add(
            new Life(node, plan.workspaceOffset(node), workspace, node.index(), node.index()));
      }
      if (node instanceof Tensor tensor && tensor.operation().viewOf() == null) {
        lives.add(life(tensor, graph, schedule, plan));
      }
    }
    return lives;
  }

  private static Life life(Tensor tensor, Graph graph, List<Node> schedule, MemoryPlan plan) {
    boolean lasting = tensor.operation() instanceof Leaf;
    int last = lasting || isOutput(tensor, graph) ? Integer.MAX_VALUE : tensor.index();
    for (Node node : schedule) {
      if (node.operation().inputs().stream().anyMatch(input -> usesMemoryOf(input, tensor))) {
        last = Math.max(last, node.index());
      }
    }
    return new Life(
        tensor, plan.offset(tensor), tensor.shape().bytes(), lasting ? -1 : tensor.index(), last);
  }

  private static boolean isOutput(Tensor tensor, Graph graph) {
    return graph.outputs().values().stream().anyMatch(output -> usesMemoryOf(output, tensor));
  }

  /** Whether a tensor is the other one or a view of it, through any number of views. */
  private static boolean usesMemoryOf(Tensor tensor, Tensor other) {
    Tensor viewed = tensor.operation().viewOf();
    return tensor == other || (viewed != null && usesMemoryOf(viewed, other));
  }
}
