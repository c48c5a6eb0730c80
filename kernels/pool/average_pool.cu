// Average over square windows of each plane of in[planes, height, width]; padding counts as zeros, the
// divisor is always window^2:
//   average_pool           out[p,y,x] = 1/w^2 sum in[p, y s - pad + dy, x s - pad + dx] over dy, dx in [0, w)
//   average_pool_gradient  dx[p,y,x]  = 1/w^2 sum dy[p, oy, ox] over the windows (oy, ox) that cover (y, x):
//                          a gather, so that the order of additions is fixed
// A thread per result, x extent planes, y extent the result's plane. 4 bytes per element of in and of out.
#include "divisor.cuh"
#include "simt.cuh"

namespace average_pool_kernels {

constexpr int THREADS = SIMT_FAT ? 1 : 128, TILE = SIMT_FAT ? 4096 : 128;

// Sum of plane[y, x] over the rectangle [top, bottom) x [left, right), cut to the plane.
__device__ __forceinline__ float rectangle(const float* plane, int height, int width, int top, int bottom,
                                           int left, int right) {
  const int y0 = top < 0 ? 0 : top, y1 = bottom > height ? height : bottom;
  const int x0 = left < 0 ? 0 : left, x1 = right > width ? width : right;
  float total = 0.0f;
  for (int y = y0; y < y1; ++y)
    for (int x = x0; x < x1; ++x) total += plane[y * width + x];
  return total;
}

}  // namespace average_pool_kernels

extern "C" __global__ void average_pool(float* out, const float* in, int height, int width, int out_height,
                                        int out_width, int window, int stride, int padding) {
  namespace pool = average_pool_kernels;
  const int results = out_height * out_width, begin = (int)blockIdx.y * pool::TILE;
  const float* plane = in + (long long)blockIdx.x * height * width;
  float* result = out + (long long)blockIdx.x * results;
  const float share = 1.0f / (float)(window * window);
  const Divisor by_width(out_width);
  SIMT_TILE_LOOP(i, begin, begin + pool::TILE < results ? begin + pool::TILE : results) {
    const int row = by_width.quotient(i), column = (int)i - row * out_width;
    const int top = row * stride - padding, left = column * stride - padding;
    result[i] = share * pool::rectangle(plane, height, width, top, top + window, left, left + window);
  }
}
SIMT_KERNEL(average_pool, average_pool_kernels::THREADS, 1, average_pool_kernels::TILE, 1)

extern "C" __global__ void average_pool_gradient(float* in_gradient, const float* out_gradient, int height,
                                                 int width, int out_height, int out_width, int window,
                                                 int stride, int padding) {
  namespace pool = average_pool_kernels;
  const int results = height * width, begin = (int)blockIdx.y * pool::TILE;
  const float* plane = out_gradient + (long long)blockIdx.x * out_height * out_width;
  float* result = in_gradient + (long long)blockIdx.x * results;
  const float share = 1.0f / (float)(window * window);
  const Divisor by_width(width), by_stride(stride);
  SIMT_TILE_LOOP(i, begin, begin + pool::TILE < results ? begin + pool::TILE : results) {
    // Window o covers y when o s <= y + pad < o s + w; a numerator below zero must not be divided, division
    // rounds towards zero.
    const int row = by_width.quotient(i), y = row + padding, x = (int)i - row * width + padding;
    const int top = y < window ? 0 : by_stride.quotient(y - window) + 1;
    const int left = x < window ? 0 : by_stride.quotient(x - window) + 1;
    result[i] = share * pool::rectangle(plane, out_height, out_width, top, by_stride.quotient(y) + 1, left,
                                        by_stride.quotient(x) + 1);
  }
}
SIMT_KERNEL(average_pool_gradient, average_pool_kernels::THREADS, 1, average_pool_kernels::TILE, 1)
