package org.stic.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.util.Arrays;

/**
 * Knobs and reports of the CPU driver, for tests. They hold for the whole process, from the next
 * launch or allocation on; who turns one turns it back.
 */
public final class SimtControl {
  /**
   * The order in which threads and blocks run. CUDA promises none, so correct kernels give the same
   * in all.
   */
  public enum Order {
    FORWARD(0),
    REVERSE(1),
    RANDOM(2);

    private final int code;

    Order(int code) {
      this.code = code;
    }
  }

  private final Driver driver;

  private SimtControl(Driver driver) {
    this.driver = driver;
  }

  /**
   * The knobs of the driver that the device runs on.
   *
   * @throws IllegalStateException if it is a GPU's
   */
  public static SimtControl of(Device device) {
    if (device.isGpu()) {
      throw new IllegalStateException(
          device.name() + " is a GPU: only the CPU driver can be controlled");
    }
    return new SimtControl(Driver.current());
  }

  /** Sets the order of threads and blocks; the seed matters for {@link Order#RANDOM}. */
  public void setOrder(Order order, long seed) {
    change("stic_simt_set_order", new MemoryLayout[] {JAVA_INT, JAVA_LONG}, order.code, seed);
  }

  /** Sets how many host threads run blocks, the launching one included. */
  public void setWorkers(int workers) {
    change("stic_simt_set_workers", new MemoryLayout[] {JAVA_INT}, workers);
  }

  /** Host threads that run blocks. */
  public int workers() {
    return (int) call("stic_simt_workers", FunctionDescriptor.of(JAVA_INT));
  }

  /** Switches poisoned allocations, red zones and the other checks on or off. */
  public void setChecked(boolean checked) {
    change("stic_simt_set_checked", new MemoryLayout[] {JAVA_INT}, checked ? 1 : 0);
  }

  /** Whether the checks are on. */
  public boolean isChecked() {
    return (int) call("stic_simt_checked", FunctionDescriptor.of(JAVA_INT)) != 0;
  }

  /**
   * Switches late mode on or off: in it a stream's work is done when something waits for it, the
   * latest moment that CUDA allows, so that a forgotten wait shows.
   */
  public void setLate(boolean late) {
    change("stic_simt_set_late", new MemoryLayout[] {JAVA_INT}, late ? 1 : 0);
  }

  /**
   * Counts bank conflicts of shared memory from 0 on, or no longer. Kernels on fibers that tell of
   * their accesses are counted (kernels/include/shared_access.cuh).
   */
  public void countBankConflicts(boolean count) {
    change("stic_simt_count_banks", new MemoryLayout[] {JAVA_INT}, count ? 1 : 0);
  }

  /** The turns that a kernel's accesses took beyond the first; -1 if it told of none. */
  public long bankConflicts(String kernel) {
    try (Arena arena = Arena.ofConfined()) {
      return (long)
          call(
              "stic_simt_bank_conflicts",
              FunctionDescriptor.of(JAVA_LONG, ADDRESS),
              arena.allocateFrom(kernel));
    }
  }

  /** Device allocations of this process that are alive, whoever made them. */
  public long liveAllocations() {
    return (long) call("stic_simt_leaks", FunctionDescriptor.of(JAVA_LONG, JAVA_INT), 0);
  }

  private void change(String function, MemoryLayout[] parameters, Object... arguments) {
    int code = (int) call(function, FunctionDescriptor.of(JAVA_INT, parameters), arguments);
    Status.check(code, function);
  }

  private Object call(String function, FunctionDescriptor descriptor, Object... arguments) {
    try {
      return driver.bind(function, descriptor).invokeWithArguments(Arrays.asList(arguments));
    } catch (Throwable e) {
      throw new AssertionError(function + " could not be called", e);
    }
  }
}
