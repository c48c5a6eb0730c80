// Cross-entropy of logits z[rows, columns] with soft targets t[rows, columns], whose rows need not sum to 1:
//   cross_entropy           loss[r]  = sum_k t[r,k] (logsumexp(z[r]) - z[r,k])
//   cross_entropy_gradient  dz[r,k]  = upstream[r] (softmax(z[r])_k sum_j t[r,j] - t[r,k])
// A block per row, x extent rows. 8 and 12 bytes per element.
#include "loss.cuh"

extern "C" __global__ void cross_entropy(float* out, const float* logits, const float* targets, int columns) {
  const float* z = logits + (long long)blockIdx.x * columns;
  const float* t = targets + (long long)blockIdx.x * columns;
  const loss::Normaliser norm = loss::normaliser(z, columns);
  const float log_sum = math::log(norm.sum);
  // Summed as differences from the maximum: t (logsumexp - z) of a confident row would cancel otherwise.
  const float value = reduce::sum<loss::THREADS>(
      columns, [=](long long k) { return t[k] * (log_sum - (z[k] - norm.maximum)); });
  if (threadIdx.x == 0) out[blockIdx.x] = value;
}
SIMT_KERNEL(cross_entropy, loss::THREADS, 1, 1, 1)

extern "C" __global__ void cross_entropy_gradient(float* logits_gradient, const float* upstream,
                                                  const float* logits, const float* targets, int columns) {
  const long long row = (long long)blockIdx.x * columns;
  const float* z = logits + row;
  const float* t = targets + row;
  float* dz = logits_gradient + row;
  const loss::Normaliser norm = loss::normaliser(z, columns);
  const float mass = reduce::sum<loss::THREADS>(columns, [=](long long k) { return t[k]; });
  const float share = mass / norm.sum, factor = upstream[blockIdx.x];
  SIMT_TILE_LOOP(k, 0, columns) dz[k] = factor * fmaf(math::exp(z[k] - norm.maximum), share, -t[k]);
}
SIMT_KERNEL(cross_entropy_gradient, loss::THREADS, 1, 1, 1)
