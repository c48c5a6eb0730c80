package org.stic.kernels;

import java.util.List;
import java.util.stream.Stream;

/** All rows of the table of kernel tests, family by family. */
final class KernelCases {

  private KernelCases() {}

  static List<KernelCase> all() {
    return Stream.of(
            UnaryCases.rows(),
            BinaryCases.rows(),
            CopyCases.rows(),
            ReductionCases.rows(),
            ConvolutionCases.rows(),
            HopperCases.rows(),
            MatrixProductCases.rows(),
            TensorCases.rows(),
            GramCases.rows(),
            LossCases.rows(),
            PoolingCases.rows(),
            MaxPoolingCases.rows(),
            PlaneCases.rows(),
            RandomCases.rows(),
            LangevinCases.rows(),
            MetropolisCases.rows(),
            StepSizeCases.rows(),
            CircularShiftCases.rows(),
            OptimizerCases.rows(),
            SpinCases.rows())
        .flatMap(rows -> rows)
        .toList();
  }
}
