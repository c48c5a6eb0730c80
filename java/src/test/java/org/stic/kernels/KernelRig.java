package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;
import org.stic.cuda.KernelImage;
import org.stic.cuda.PlainLibrary;
import org.stic.cuda.Provider;
import org.stic.cuda.SimtControl;

/**
 * What a kernel test stands on: a device, buffers with red zones and poison, reproducible random
 * inputs. Every run is repeated from the same memory, on fibers in every order of threads, and must
 * give the same bits each time.
 */
final class KernelRig implements AutoCloseable {
  /** Sizes around those of warps, vectors, blocks and tiles. */
  static final List<Integer> AWKWARD_SIZES = List.of(1, 2, 3, 31, 33, 127, 207, 1023, 1025, 8193);

  private final Device device;
  private final KernelImage image;
  private final SplittableRandom random;
  private final List<TestBuffer> buffers = new ArrayList<>();
  private final Set<String> launched = new LinkedHashSet<>();

  private KernelRig(Device device, KernelImage image, long seed) {
    this.device = device;
    this.image = image;
    this.random = new SplittableRandom(seed);
  }

  /** The images that kernels are tested in on this machine's device. */
  static List<KernelImage> images() {
    return choice() == DeviceChoice.CUDA
        ? List.of(KernelImage.DEFAULT)
        : List.of(KernelImage.DEFAULT, KernelImage.FIBERS);
  }

  /** Whether an image has a kernel: the CPU's fast image lacks those of a GPU's shape. */
  static boolean has(KernelImage image, String kernel) {
    return image == KernelImage.FIBERS
        || choice() == DeviceChoice.CUDA
        || !KernelCatalog.entry(kernel).onlyGpuShape();
  }

  /**
   * Opens the device under test: the CPU, unless -Dtests.device says cuda; there -Dtests.provider
   * may say vendor.
   */
  static KernelRig open(KernelImage image, long seed) {
    Device device = Device.open(choice(), image);
    device.useProvider(Provider.parse(System.getProperty("tests.provider", "kernels")));
    return new KernelRig(device, image, seed);
  }

  /** From now on computes products and convolutions by a stand-in for the vendor's libraries. */
  PlainLibrary usePlainLibrary() {
    return PlainLibrary.on(device);
  }

  private static DeviceChoice choice() {
    return DeviceChoice.parse(System.getProperty("tests.device", "cpu"));
  }

  /** A buffer that holds the values. */
  TestBuffer floats(float... values) {
    return own(TestBuffer.of(device, values));
  }

  /** A buffer of n floats that are NaN until a kernel writes them. */
  TestBuffer poisoned(long n) {
    return own(TestBuffer.poisoned(device, Math.toIntExact(n)));
  }

  /** A buffer of n floats between two bounds. */
  TestBuffer uniform(long n, double from, double to) {
    float[] values = new float[Math.toIntExact(n)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(from, to);
    }
    return floats(values);
  }

  /** A buffer of ints or unsigned ints. */
  TestBuffer integers(int... values) {
    return own(TestBuffer.of(device, values));
  }

  SplittableRandom random() {
    return random;
  }

  /** The kernels that ran. */
  Set<String> launched() {
    return launched;
  }

  /** Runs the calls in order, several times from the same memory; the buffers keep the results. */
  void run(List<KernelCall> calls) {
    List<int[]> before = contents();
    List<int[]> first = null;
    for (ThreadOrder order : ThreadOrder.of(image)) {
      restore(before);
      order.during(device, () -> runOnce(calls));
      List<int[]> after = contents();
      first = first == null ? after : first;
      for (int i = 0; i < after.size(); i++) {
        assertArrayEquals(
            first.get(i), after.get(i), "buffer " + i + " differs in thread order " + order);
      }
    }
  }

  /** Runs one call as {@link #run(List)} does. */
  void run(KernelCall call) {
    run(List.of(call));
  }

  /** Runs the calls once, without a comparison, for tests of many steps. */
  void runOnce(List<KernelCall> calls) {
    for (KernelCall call : calls) {
      launched.add(call.kernel());
      call.prepare(device).enqueue(device.stream());
    }
    device.synchronize();
    buffers.forEach(TestBuffer::requireRedZonesIntact);
  }

  /** Runs the calls once on fibers and counts a kernel's bank conflicts. */
  long bankConflicts(String kernel, List<KernelCall> calls) {
    SimtControl control = SimtControl.of(device);
    control.countBankConflicts(true);
    try {
      runOnce(calls);
      return control.bankConflicts(kernel);
    } finally {
      control.countBankConflicts(false);
    }
  }

  /**
   * Frees the buffers that are made while it is open, so that a test of many situations stays
   * small.
   */
  interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /** Opens a scope. */
  Scope scope() {
    int outer = buffers.size();
    return () -> {
      List<TestBuffer> inner = buffers.subList(outer, buffers.size());
      inner.forEach(TestBuffer::close);
      inner.clear();
    };
  }

  /** Runs a body without the CPU driver's checks, which cost a test of a million blocks minutes. */
  void unchecked(Runnable body) {
    if (device.isGpu()) {
      body.run();
      return;
    }
    SimtControl control = SimtControl.of(device);
    boolean checked = control.isChecked();
    control.setChecked(false);
    try {
      body.run();
    } finally {
      control.setChecked(checked);
    }
  }

  @Override
  public void close() {
    buffers.forEach(TestBuffer::close);
    device.close();
  }

  private TestBuffer own(TestBuffer buffer) {
    buffers.add(buffer);
    return buffer;
  }

  private List<int[]> contents() {
    return buffers.stream().map(TestBuffer::bits).toList();
  }

  private void restore(List<int[]> contents) {
    for (int i = 0; i < contents.size(); i++) {
      buffers.get(i).write(contents.get(i));
    }
  }
}
