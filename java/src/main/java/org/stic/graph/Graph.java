package org.stic.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stic.graph.op.AssignEffect;
import org.stic.graph.op.ConstantOp;
import org.stic.graph.op.Effect;
import org.stic.graph.op.InputOp;
import org.stic.graph.op.Op;
import org.stic.graph.op.ReadOp;
import org.stic.graph.op.UniformOp;

/**
 * A computation as nodes in creation order, which is also the order of execution: an operation can
 * only use tensors that exist already, so the reverse of the order is right for gradients. Equal
 * operations on equal inputs are one node. Nothing is computed here; {@link Program} does that for
 * what leads to an output or an effect.
 */
public final class Graph {

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Op, Tensor> tensors = new HashMap<>();
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();

  /** A value that the host sets by name before a program runs. */
  public Tensor input(String name, Shape shape) {
    requireNew(inputs, "input", name);
    Tensor input = node(new InputOp(name, shape));
    inputs.put(name, input);
    return input;
  }

  /** A value known now: every element in row-major order, or one value for all of them. */
  public Tensor constant(Shape shape, float... values) {
    return node(
        values.length == 1 ? new UniformOp(shape, values[0]) : new ConstantOp(shape, values));
  }

  /**
   * The value that the variable has at this point of the order: effects made earlier are seen,
   * later ones are not. Costs nothing unless the variable is overwritten while the value is still
   * needed.
   */
  public Tensor read(Variable variable) {
    return node(new ReadOp(variable, writes(variable)));
  }

  /** Writes a value into a variable of the same number of elements. */
  public void assign(Variable variable, Tensor value) {
    effect(new AssignEffect(variable, value));
  }

  /** Asks for a value by name: {@link Program#get} reads it after a run. */
  public void output(String name, Tensor value) {
    requireNew(outputs, "output", name);
    requireOwn("output " + name, value);
    outputs.put(name, value);
  }

  /** Appends a change of variables. */
  public void effect(Effect effect) {
    effect.inputs().forEach(input -> requireOwn(effect.name(), input));
    nodes.add(new EffectNode(nodes.size(), effect));
  }

  /** The tensor that an operation computes; an equal operation made earlier is used again. */
  public Tensor node(Op op) {
    op.inputs().forEach(input -> requireOwn(op.name(), input));
    Tensor known = tensors.get(op);
    return known != null ? known : append(op);
  }

  /** All nodes in creation order. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** Inputs by name. */
  public Map<String, Tensor> inputs() {
    return Collections.unmodifiableMap(inputs);
  }

  /** Outputs by name. */
  public Map<String, Tensor> outputs() {
    return Collections.unmodifiableMap(outputs);
  }

  private Tensor append(Op op) {
    Tensor tensor = new Tensor(this, nodes.size(), op);
    nodes.add(tensor);
    tensors.put(op, tensor);
    return tensor;
  }

  private int writes(Variable variable) {
    return (int)
        nodes.stream()
            .filter(
                node ->
                    node instanceof EffectNode effect
                        && effect.operation().writes().stream().anyMatch(variable::overlaps))
            .count();
  }

  private void requireOwn(String user, Tensor tensor) {
    if (tensor.graph() != this) {
      throw new IllegalArgumentException(
          "%s: operand %s belongs to another graph".formatted(user, tensor));
    }
  }

  private static void requireNew(Map<String, Tensor> names, String kind, String name) {
    if (names.containsKey(name)) {
      throw new IllegalArgumentException(
          "the graph already has an %s named '%s'".formatted(kind, name));
    }
  }
}
