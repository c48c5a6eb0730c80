package org.stic.kernels;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one list of all kernels, which tests, benchmarks and {@code kernels/README.md} go by. */
public final class KernelCatalog {
  private static final List<KernelDescription> ENTRIES =
      Stream.of(
              Unary.kernels(),
              Affine.kernels(),
              Fill.kernels(),
              Binary.kernels(),
              Copy.kernels(),
              Reduction.kernels(),
              Softmax.kernels(),
              CrossEntropy.kernels(),
              Convolution.kernels(),
              HopperConvolution.kernels(),
              MatrixProduct.kernels(),
              Gram.kernels(),
              GramLoss.kernels(),
              GramDistance.kernels(),
              Pooling.kernels(),
              PlaneStatistics.kernels(),
              RandomNumbers.kernels(),
              Langevin.kernels(),
              Metropolis.kernels(),
              StepSize.kernels(),
              Counter.kernels(),
              CircularShift.kernels(),
              Optimizer.kernels(),
              Spin.kernels())
          .flatMap(List::stream)
          .toList();
  private static final Map<String, KernelDescription> BY_NAME =
      ENTRIES.stream()
          .collect(Collectors.toUnmodifiableMap(KernelDescription::name, Function.identity()));

  private KernelCatalog() {}

  /** Every kernel, family by family. */
  public static List<KernelDescription> entries() {
    return ENTRIES;
  }

  /**
   * The description of one kernel.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static KernelDescription entry(String kernel) {
    KernelDescription entry = BY_NAME.get(kernel);
    if (entry == null) {
      throw new IllegalArgumentException("no kernel is called " + kernel);
    }
    return entry;
  }
}
