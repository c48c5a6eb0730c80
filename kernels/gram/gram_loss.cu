// Squared distance of Gram matrices (or any arrays) G[batch, elements] from targets T of the same shape, per
// batch item:
//   gram_loss           out[b]   = ||G_b - T_b||^2
//   gram_loss_gradient  dG[b,e]  = 2 upstream[b] (G[b,e] - T[b,e])
// A block per item, x extent batch. 8 and 12 bytes per element.
#include "reduce.cuh"

namespace gram_loss_kernels {

constexpr int THREADS = SIMT_FAT ? 1 : 256;

}  // namespace gram_loss_kernels

extern "C" __global__ void gram_loss(float* out, const float* gram, const float* target, int elements) {
  const float* g = gram + (long long)blockIdx.x * elements;
  const float* t = target + (long long)blockIdx.x * elements;
  const float distance = reduce::sum<gram_loss_kernels::THREADS>(elements, [=](long long e) {
    const float d = g[e] - t[e];
    return d * d;
  });
  if (threadIdx.x == 0) out[blockIdx.x] = distance;
}
SIMT_KERNEL(gram_loss, gram_loss_kernels::THREADS, 1, 1, 1)

extern "C" __global__ void gram_loss_gradient(float* gram_gradient, const float* upstream, const float* gram,
                                              const float* target, int elements) {
  const long long item = (long long)blockIdx.x * elements;
  const float* g = gram + item;
  const float* t = target + item;
  float* dg = gram_gradient + item;
  const float factor = 2.0f * upstream[blockIdx.x];
  SIMT_TILE_LOOP(e, 0, elements) dg[e] = factor * (g[e] - t[e]);
}
SIMT_KERNEL(gram_loss_gradient, gram_loss_kernels::THREADS, 1, 1, 1)
