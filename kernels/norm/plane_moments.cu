// Sums over the positions of each plane (image, channel) of x[planes, positions]:
//   plane_moments  out[0, r] = mean_p x[r, p],  out[1, r] = mean_p (x[r, p] - out[0, r])^2
//   plane_dot      out[r] = sum_p x[r, p] y[r, p]
// The variance is taken around the plane's own mean, in a second reading that finds the plane in a cache, so
// that a large mean costs no accuracy. Statistics of a batch or of a group follow from those of its planes:
//   v = mean_r v_r + mean_r (m_r - m)^2.
// A block per plane, x extent planes. 4 or 8 bytes per element; the order of additions is fixed by the sizes.
// Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance", 1983.
#include "reduce.cuh"

namespace plane_moments_kernels {
constexpr int THREADS = SIMT_FAT ? 1 : 128;
}

extern "C" __global__ void plane_moments(float* out, const float* x, int planes, int positions) {
  constexpr int THREADS = plane_moments_kernels::THREADS;
  const int r = blockIdx.x;
  const float* plane = x + (long long)r * positions;
  const float share = 1.0f / (float)positions;
  const float mean = share * reduce::sum<THREADS>(positions, [=](long long p) { return plane[p]; });
  const float variance = share * reduce::sum<THREADS>(positions, [=](long long p) {
                           const float difference = plane[p] - mean;
                           return difference * difference;
                         });
  if (threadIdx.x == 0) {
    out[r] = mean;
    out[planes + r] = variance;
  }
}
SIMT_KERNEL(plane_moments, plane_moments_kernels::THREADS, 1, 1, 1)

extern "C" __global__ void plane_dot(float* out, const float* x, const float* y, int positions) {
  const int r = blockIdx.x;
  const float *a = x + (long long)r * positions, *b = y + (long long)r * positions;
  const float total =
      reduce::sum<plane_moments_kernels::THREADS>(positions, [=](long long p) { return a[p] * b[p]; });
  if (threadIdx.x == 0) out[r] = total;
}
SIMT_KERNEL(plane_dot, plane_moments_kernels::THREADS, 1, 1, 1)
