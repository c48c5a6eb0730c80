// residue_class.cuh: a strided convolution's gradient by its input, as dense products.
// Pixels whose (h + padding) mod stride and (w + padding) mod stride agree meet the same taps. Each of these
// stride^2 classes is a stride-1 convolution of the output gradient with every stride-th tap, flipped.
#pragma once
#include "convolution.cuh"

// One axis of a class: the pixels origin, origin + stride, .. and the taps remainder, remainder + stride, ..
struct ClassAxis {
  int remainder, origin, count, taps, firstOutput;

  __device__ __forceinline__ ClassAxis(int remainder, int size, int filterSize, int stride, int padding)
      : remainder(remainder),
        origin((remainder - padding % stride + stride) % stride),
        count((size - origin + stride - 1) / stride),
        taps((filterSize - remainder + stride - 1) / stride),
        firstOutput((origin + padding - remainder) / stride) {
    taps = max(0, taps);
    count = max(0, count);
  }
};

// w[k][c][remainder + u stride][..] with the channel c as element and (k, u, v) as depth.
struct FilterClassOperand {
  static constexpr bool DEPTH_FASTEST = false;
  const float* __restrict__ filter;
  int channels, depth, filterHeight, filterWidth, stride, remainderRow, remainderColumn;
  Divisor byTaps, byTapColumns;

  __device__ __forceinline__ long long offset(int k) const {
    const int f = byTaps.quotient(k), uv = k - f * byTaps.value, u = byTapColumns.quotient(uv),
              v = uv - u * byTapColumns.value;
    return ((long long)f * channels * filterHeight + remainderRow + u * stride) * filterWidth +
           remainderColumn + v * stride;
  }
  __device__ __forceinline__ float value(int c, int k) const {
    return c < channels && k < depth ? filter[offset(k) + (long long)c * filterHeight * filterWidth] : 0.0f;
  }

#if SIMT_FAT
  __device__ __forceinline__ int step(int, int, int, int room) const { return room; }

  template <bool BY_ROW>
  __device__ __forceinline__ void pack(float* tile, int pitch, int c0, int cCount, int k0, int kCount) const {
    const int plane = filterHeight * filterWidth;
    for (int k = 0; k < kCount; ++k) {
      const float* source = filter + offset(k0 + k) + (long long)c0 * plane;
      for (int c = 0; c < cCount; ++c) tile[BY_ROW ? c * pitch + k : k * pitch + c] = source[c * plane];
    }
  }
#endif
};
