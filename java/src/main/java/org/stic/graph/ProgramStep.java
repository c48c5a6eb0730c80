package org.stic.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.stic.cuda.Device;
import org.stic.cuda.MathMode;
import org.stic.graph.op.Emission;
import org.stic.graph.op.Operation;
import org.stic.kernels.KernelCall;
import org.stic.kernels.KernelChoice;

/** A node of a program with its kernel calls. */
record ProgramStep(Node node, List<KernelCall> calls) {

  /** Asks each node's operation for its calls, with the addresses of the plan. */
  static List<ProgramStep> emit(List<Node> schedule, MemoryPlan plan, long arena) {
    Map<Node, List<Operation>> users = users(schedule);
    return schedule.stream()
        .map(node -> emit(node, users.getOrDefault(node, List.of()), plan, arena))
        .toList();
  }

  private static ProgramStep emit(Node node, List<Operation> users, MemoryPlan plan, long arena) {
    Addresses addresses = new Addresses(node, users, plan, arena, new ArrayList<>());
    node.operation().emit(addresses);
    return new ProgramStep(node, List.copyOf(addresses.calls));
  }

  private static Map<Node, List<Operation>> users(List<Node> schedule) {
    Map<Node, List<Operation>> users = new HashMap<>();
    for (Node node : schedule) {
      for (Tensor input : node.operation().inputs()) {
        users.computeIfAbsent(input, _ -> new ArrayList<>()).add(node.operation());
      }
    }
    return users;
  }

  /** Address of a value of a planned program. */
  static long address(Tensor tensor, MemoryPlan plan, long arena) {
    Variable variable = plan.variable(tensor);
    return (variable == null ? arena : variable.address()) + plan.offset(tensor);
  }

  /** One line: the node, what it reads, and its kernels with their cost. */
  @Override
  public String toString() {
    String inputs =
        node.operation().inputs().stream()
            .map(input -> "%" + input.index())
            .collect(Collectors.joining(" "));
    String kernels = calls.stream().map(ProgramStep::describe).collect(Collectors.joining(", "));
    return "%s (%s)%s".formatted(node, inputs, kernels.isEmpty() ? "" : ": " + kernels);
  }

  /** One line for each call that more than one kernel can do: which one does it, and why. */
  List<String> explanations(Device device, MathMode math) {
    return calls.stream()
        .filter(call -> !call.faster().isEmpty())
        .map(call -> explanation(call, device, math))
        .toList();
  }

  private String explanation(KernelCall call, Device device, MathMode math) {
    return "%s %s: %s".formatted(node, call.work(), KernelChoice.of(call, device, math));
  }

  private static String describe(KernelCall call) {
    return "%s %,d bytes %,d flops"
        .formatted(call.kernel(), call.cost().bytes(), call.cost().flops());
  }

  private record Addresses(
      Node node, List<Operation> users, MemoryPlan plan, long arena, List<KernelCall> calls)
      implements Emission {

    @Override
    public long address(Tensor input) {
      return ProgramStep.address(input, plan, arena);
    }

    @Override
    public long output() {
      return ProgramStep.address((Tensor) node, plan, arena);
    }

    @Override
    public long workspace() {
      return arena + plan.workspaceOffset(node);
    }

    @Override
    public void call(KernelCall call) {
      calls.add(call);
    }
  }
}
