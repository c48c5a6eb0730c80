// The norm sqrt(sum g[i]^2) of all gradients, in two passes of fixed order:
//   squares_partial  partial[c] = sum of g[i]^2 over i in [c chunk, min(n, (c + 1) chunk)); x extent chunks
//   squares_finish   norm[0]    = sqrt(sum_c partial[c]); one block, x extent 1
// 4 bytes per element.
#include "reduce.cuh"

namespace gradient_norm_kernels {

constexpr int THREADS = SIMT_FAT ? 1 : 256;

}  // namespace gradient_norm_kernels

extern "C" __global__ void squares_partial(float* partial, const float* gradients, long long n,
                                           long long chunk) {
  const long long begin = blockIdx.x * chunk, length = n - begin < chunk ? n - begin : chunk;
  const float* g = gradients + begin;
  const float total =
      reduce::sum<gradient_norm_kernels::THREADS>(length, [=](long long i) { return g[i] * g[i]; });
  if (threadIdx.x == 0) partial[blockIdx.x] = total;
}
SIMT_KERNEL(squares_partial, gradient_norm_kernels::THREADS, 1, 1, 1)

extern "C" __global__ void squares_finish(float* norm, const float* partial, int chunks) {
  const float total =
      reduce::sum<gradient_norm_kernels::THREADS>(chunks, [=](long long c) { return partial[c]; });
  if (threadIdx.x == 0) norm[0] = sqrtf(total);
}
SIMT_KERNEL(squares_finish, gradient_norm_kernels::THREADS, 1, 1, 1)
