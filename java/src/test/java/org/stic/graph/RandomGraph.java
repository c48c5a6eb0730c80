package org.stic.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.stic.kernels.UnaryFunction;

/**
 * A graph of random operations that keep values small, for tests of what the memory plan does to
 * it: views, values used long after they were made, workspaces, broadcast operands, gradients, and,
 * where variables are given, reads and writes in random order.
 */
final class RandomGraph {

  private static final int ROWS = 6;
  private static final int COLUMNS = 8;

  /** Shape of every input and variable. */
  static final Shape SHAPE = Shape.of(ROWS, COLUMNS);

  private final Random random;
  private final List<Variable> variables;
  private final List<Tensor> values = new ArrayList<>();
  final Graph graph = new Graph();

  RandomGraph(long seed, int steps, List<Variable> variables) {
    this.random = new Random(seed);
    this.variables = variables;
    values.add(graph.input("a", SHAPE));
    values.add(graph.input("b", SHAPE));
    for (int step = 0; step < steps; step++) {
      append();
    }
    values.add(Gradients.of(values.getLast(), values.subList(0, 1)).getFirst());
    for (int output = 0; output < 3; output++) {
      graph.output("output " + output, pick());
    }
    graph.output("last", values.getLast());
  }

  private void append() {
    boolean state = !variables.isEmpty() && random.nextInt(3) == 0;
    if (state && random.nextBoolean()) {
      graph.assign(variable(), pick());
    } else {
      values.add(state ? graph.read(variable()) : operation());
    }
  }

  private Tensor operation() {
    Tensor x = pick();
    return switch (random.nextInt(9)) {
      case 0 -> Ops.tanh(x);
      case 1 -> Ops.scaled(pick(), x, UnaryFunction.SIGMOID, 1);
      case 2 -> Ops.affine(x, 0.5f, 0.25f);
      case 3 -> Ops.subtract(x, pick());
      case 4 -> Ops.add(x, Ops.slice(pick(), 0, 2, 3));
      case 5 -> Ops.multiply(x, Ops.mean(pick(), 0));
      case 6 -> Ops.matmul(Ops.softmax(Ops.matmul(x, pick(), false, true)), pick());
      case 7 -> Ops.reshape(Ops.transpose(x), SHAPE);
      default -> Ops.concat(0, Ops.slice(x, 0, 4, 6), Ops.slice(pick(), 0, 0, 4));
    };
  }

  /** Mostly recent values, so that chains grow long; sometimes old ones, so that some live long. */
  private Tensor pick() {
    int back = random.nextInt(4) == 0 ? random.nextInt(values.size()) : random.nextInt(3);
    return values.get(Math.max(0, values.size() - 1 - back));
  }

  private Variable variable() {
    return variables.get(random.nextInt(variables.size()));
  }
}
