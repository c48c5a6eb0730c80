// The largest element of square windows of each plane of in[planes, height, width]; padding never wins, of
// equal elements the first in reading order does, and NaN wins over all, so that it is seen:
//   max_pool           out[p,o] = values[p, place of the largest in[p, window o]]; values = in pools
//   max_pool_gradient  dx[p,i]  = sum dy[p,o] over the windows o whose largest element is in[p,i]: a gather,
//                      so that the order of additions is fixed
// The two are each other's adjoint as functions of values and of dy, so gradients of any order are made of
// them. A thread per result, x extent planes, y extent the result's plane. Padding is less than the window.
// 4 bytes per element of out, values and in.
#include "divisor.cuh"
#include "simt.cuh"

namespace max_pool_kernels {

constexpr int THREADS = SIMT_FAT ? 1 : 128, TILE = SIMT_FAT ? 4096 : 128;

struct Windows {
  int height, width, rows, columns, window, stride, padding;

  // The place in the plane of the largest element of window (row, column).
  __device__ __forceinline__ int largest(const float* plane, int row, int column) const {
    const int top = row * stride - padding, left = column * stride - padding;
    const int y0 = max(0, top), y1 = min(height, top + window);
    const int x0 = max(0, left), x1 = min(width, left + window);
    int best = y0 * width + x0;
    for (int y = y0; y < y1; ++y)
      for (int x = x0; x < x1; ++x) {
        const float value = plane[y * width + x], most = plane[best];
        if (value > most || (value != value && most == most)) best = y * width + x;
      }
    return best;
  }
};

}  // namespace max_pool_kernels

extern "C" __global__ void max_pool(float* out, const float* values, const float* in, int height, int width,
                                    int out_height, int out_width, int window, int stride, int padding) {
  namespace pool = max_pool_kernels;
  const pool::Windows windows{height, width, out_height, out_width, window, stride, padding};
  const int results = out_height * out_width, begin = (int)blockIdx.y * pool::TILE;
  const long long plane = (long long)blockIdx.x * height * width;
  float* result = out + (long long)blockIdx.x * results;
  const Divisor by_width(out_width);
  SIMT_TILE_LOOP(i, begin, min(results, begin + pool::TILE)) {
    const int row = by_width.quotient(i);
    result[i] = values[plane + windows.largest(in + plane, row, (int)i - row * out_width)];
  }
}
SIMT_KERNEL(max_pool, max_pool_kernels::THREADS, 1, max_pool_kernels::TILE, 1)

extern "C" __global__ void max_pool_gradient(float* in_gradient, const float* out_gradient, const float* in,
                                             int height, int width, int out_height, int out_width, int window,
                                             int stride, int padding) {
  namespace pool = max_pool_kernels;
  const pool::Windows windows{height, width, out_height, out_width, window, stride, padding};
  const int results = height * width, begin = (int)blockIdx.y * pool::TILE;
  const float* upstream = out_gradient + (long long)blockIdx.x * out_height * out_width;
  const float* plane = in + (long long)blockIdx.x * results;
  float* result = in_gradient + (long long)blockIdx.x * results;
  const Divisor by_width(width), by_stride(stride);
  SIMT_TILE_LOOP(i, begin, min(results, begin + pool::TILE)) {
    // Window o covers y when o s <= y + pad < o s + w, as in average_pool.cu.
    const int row = by_width.quotient(i), y = row + padding, x = (int)i - row * width + padding;
    const int top = y < window ? 0 : by_stride.quotient(y - window) + 1;
    const int left = x < window ? 0 : by_stride.quotient(x - window) + 1;
    float total = 0.0f;
    for (int o = top; o <= min(out_height - 1, by_stride.quotient(y)); ++o)
      for (int q = left; q <= min(out_width - 1, by_stride.quotient(x)); ++q)
        if (windows.largest(plane, o, q) == (int)i) total += upstream[o * out_width + q];
    result[i] = total;
  }
}
SIMT_KERNEL(max_pool_gradient, max_pool_kernels::THREADS, 1, max_pool_kernels::TILE, 1)
