package org.stic.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceMemory;
import org.stic.kernels.Cost;
import org.stic.kernels.KernelCall;

/**
 * One kernel of ours, or a few, on device memory.
 *
 * @param name kind and sizes
 * @param inputs what both sides start from
 * @param resultElements size of the result
 * @param scratch what the memory that our kernels need besides holds at first
 * @param calls makes our kernel calls
 * @param judge makes the check of results from the operands' values, in their order
 */
@SuppressWarnings("ArrayRecordComponent")
record KernelSubject(
    String name,
    List<Operand> inputs,
    int resultElements,
    float[] scratch,
    Calls calls,
    Function<List<float[]>, Check> judge)
    implements Subject {
  /** Our kernel calls. */
  @FunctionalInterface
  interface Calls {
    /** The calls that write the result, given the addresses of result, operands and scratch. */
    List<KernelCall> of(long result, long[] operands, long scratch);
  }

  @Override
  public List<Operand> operands() {
    return inputs;
  }

  @Override
  public Side ours(Device device, List<Operand> operands) {
    List<DeviceMemory> memory = new ArrayList<>();
    operands.forEach(operand -> memory.add(upload(device, operand.values())));
    long[] addresses = memory.stream().mapToLong(DeviceMemory::address).toArray();
    DeviceMemory result = device.allocate((long) Float.BYTES * resultElements);
    DeviceMemory besides = upload(device, scratch.length == 0 ? new float[1] : scratch);
    memory.addAll(List.of(result, besides));
    List<KernelCall> made = calls.of(result.address(), addresses, besides.address());
    return DeviceSide.of(device, new DeviceSide.Kernels(made, memory), result);
  }

  private static DeviceMemory upload(Device device, float[] values) {
    DeviceMemory buffer = device.allocate((long) Float.BYTES * values.length);
    buffer.upload(values);
    return buffer;
  }

  @Override
  public Optional<Check> check(List<Operand> operands) {
    return Optional.of(judge.apply(operands.stream().map(Operand::values).toList()));
  }

  @Override
  public Cost cost() {
    long[] none = new long[inputs.size()];
    return calls.of(0, none, 0).stream().map(KernelCall::cost).reduce(Cost.NONE, Cost::plus);
  }
}
