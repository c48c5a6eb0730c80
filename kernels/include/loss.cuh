// What softmax and cross-entropy share: the normaliser of one row of logits, folded by a block.
#pragma once
#include "math.cuh"
#include "reduce.cuh"

namespace loss {

constexpr int THREADS = SIMT_FAT ? 1 : 128;

struct Normaliser {
  float maximum, sum;  // m = max_k x_k and sum_k e^(x_k - m), which is at least 1
};

__device__ __forceinline__ Normaliser normaliser(const float* x, int columns) {
  const float maximum = reduce::maximum<THREADS>(columns, [=](long long k) { return x[k]; });
  const float sum = reduce::sum<THREADS>(columns, [=](long long k) { return math::exp(x[k] - maximum); });
  return Normaliser{maximum, sum};
}

__device__ __forceinline__ float log_sum_exp(const float* x, int columns) {
  const Normaliser n = normaliser(x, columns);
  return n.maximum + math::log(n.sum);
}

}  // namespace loss
