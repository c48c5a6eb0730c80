// Straight lines of feature maps, one for each plane (image, channel) of x[planes, positions]:
//   plane_affine   out[r, p] = scale[r mod K] x[r, p] + shift[r mod K]
//   plane_combine  out[r, p] = a[r mod K] x[r, p] + b[r mod K] y[r, p] + shift[r mod K]
// scale, a, b and shift have K numbers: the channels of an image where all images share them, as in batch
// normalisation, or all planes, as in group normalisation. shift may be null. out may be x or y.
// plane_combine is the gradient of a normalisation, which depends on the upstream gradient and on x.
// x extent planes, y extent positions. 8 or 12 bytes per element.
// Source: Ioffe, Szegedy, "Batch normalization", 2015; Wu, He, "Group normalization", 2018.
#include "simt.cuh"

namespace plane_affine_kernels {

constexpr int THREADS = SIMT_FAT ? 1 : 128, PLANES = SIMT_FAT ? 16 : 1, POSITIONS = SIMT_FAT ? 4096 : 1024;

// body(k, plane, begin, end) for the positions [begin, end) of each of this block's planes: k is the place of
// its coefficients, plane that of its first element.
template <class Body>
__device__ __forceinline__ void for_each(int planes, int positions, int coefficients, Body body) {
  const int first = (int)blockIdx.x * PLANES, last = min(planes, first + PLANES);
  const int begin = (int)blockIdx.y * POSITIONS, end = min(positions, begin + POSITIONS);
  for (int r = first; r < last; ++r) body(r % coefficients, (long long)r * positions, begin, end);
}

}  // namespace plane_affine_kernels

extern "C" __global__ void plane_affine(float* out, const float* x, const float* scale, const float* shift,
                                        int planes, int positions, int coefficients) {
  plane_affine_kernels::for_each(
      planes, positions, coefficients, [=](int k, long long plane, int begin, int end) {
        const float factor = scale[k], offset = shift ? shift[k] : 0.0f;
        SIMT_TILE_LOOP(p, begin, end) out[plane + p] = fmaf(factor, x[plane + p], offset);
      });
}
SIMT_KERNEL(plane_affine, plane_affine_kernels::THREADS, plane_affine_kernels::PLANES,
            plane_affine_kernels::POSITIONS, 1)

extern "C" __global__ void plane_combine(float* out, const float* x, const float* y, const float* a,
                                         const float* b, const float* shift, int planes, int positions,
                                         int coefficients) {
  plane_affine_kernels::for_each(
      planes, positions, coefficients, [=](int k, long long plane, int begin, int end) {
        const float first = a[k], second = b[k], offset = shift ? shift[k] : 0.0f;
        SIMT_TILE_LOOP(p, begin, end)
        out[plane + p] = fmaf(first, x[plane + p], fmaf(second, y[plane + p], offset));
      });
}
SIMT_KERNEL(plane_combine, plane_affine_kernels::THREADS, plane_affine_kernels::PLANES,
            plane_affine_kernels::POSITIONS, 1)
