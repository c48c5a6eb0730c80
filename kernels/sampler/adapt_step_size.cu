// adapt_step_size: Robbins-Monro on the logarithm, ln eps += (1 + t)^-exponent (mean_c acceptance[c] -
// target), t = counter[0], while t < frozen_after; afterwards eps stays, so that a chain's samples come from
// one kernel. One block, x extent 1. A mean that is NaN leaves eps alone.
#include "math.cuh"
#include "reduce.cuh"

namespace adapt_step_size_kernels {

constexpr int THREADS = SIMT_FAT ? 1 : 256;

}  // namespace adapt_step_size_kernels

extern "C" __global__ void adapt_step_size(float* step_size, const float* acceptance,
                                           const unsigned int* counter, int chains, float target,
                                           float exponent, unsigned int frozen_after) {
  const float total =
      reduce::sum<adapt_step_size_kernels::THREADS>(chains, [=](long long c) { return acceptance[c]; });
  const float gain = math::exp(-exponent * math::log(1.0f + (float)(int)counter[0]));
  const float factor = math::exp(gain * (total / (float)chains - target));
  if (threadIdx.x == 0 && counter[0] < frozen_after && factor > 0.0f) step_size[0] *= factor;
}
SIMT_KERNEL(adapt_step_size, adapt_step_size_kernels::THREADS, 1, 1, 1)
