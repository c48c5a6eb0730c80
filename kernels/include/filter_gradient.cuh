// filter_gradient.cuh: the two operands of a convolution's gradient by its filter, whose depth is the pixels
// of all images.
#pragma once
#include "convolution.cuh"

// Patches with taps as elements and pixels as depth.
struct PatchRows {
  static constexpr bool DEPTH_FASTEST = true;
  Patches patches;
  __device__ __forceinline__ float value(int i, int k) const { return patches.value(i, k); }

#if SIMT_FAT
  Staging staging;
  int taps;
  bool staged = false;

  explicit __device__ __forceinline__ PatchRows(const Patches& patches)
      : patches(patches), staging(patches), taps(patches.byTaps.value) {}

  __device__ __forceinline__ int step(int i0, int iCount, int k, int room) {
    const int channels = (i0 + iCount - 1) / taps - i0 / taps + 1;
    for (int fewer = room; fewer > 0; fewer /= 2)
      if ((staged = staging.prepare(k, fewer) && channels <= staging.channels())) return fewer;
    return room;
  }

  template <bool BY_ROW>
  __device__ __forceinline__ void pack(float* tile, int pitch, int i0, int iCount, int k0, int kCount) {
    static_assert(BY_ROW, "a left operand");
    if (staged) {
      staging.stage(i0 / taps, (i0 + iCount - 1) / taps - i0 / taps + 1);
      staging.pack(tile, pitch, iCount, [&](int i) {
        const int c = patches.byTaps.quotient(i0 + i), rs = i0 + i - c * taps,
                  r = patches.byTapColumns.quotient(rs);
        return staging.tap(c, r, rs - r * patches.g.tapColumns);
      });
    } else {
      for (int i = i0; i < i0 + iCount; ++i, tile += pitch)
        for (int k = 0; k < kCount; ++k) tile[k] = patches.value(i, k0 + k);
    }
  }
#endif
};

// dy[n][k][p][q] with the filter k as element and the pixel (n, p, q) as depth.
struct PlaneOperand {
  static constexpr bool DEPTH_FASTEST = true;
  const float* __restrict__ images;
  int planes, pixels;
  Divisor byPlane;

  __device__ __forceinline__ const float* address(int i, int k) const {
    const int n = byPlane.quotient(k);
    return images + ((long long)n * planes + i) * byPlane.value + (k - n * (int)byPlane.value);
  }
  __device__ __forceinline__ float value(int i, int k) const {
    return i < planes && k < pixels ? *address(i, k) : 0.0f;
  }

#if SIMT_FAT
  __device__ __forceinline__ int step(int, int, int, int room) const { return room; }

  template <bool BY_ROW>
  __device__ __forceinline__ void pack(float* tile, int pitch, int i0, int iCount, int k0, int kCount) const {
    static_assert(!BY_ROW, "a right operand");
    const int plane = byPlane.value;
    for (int k = k0; k < k0 + kCount;) {
      const int count = min(plane - k % plane, k0 + kCount - k);  // within one image
      simd::transpose(tile + (k - k0) * pitch, pitch, address(i0, k), plane, iCount, count);
      k += count;
    }
  }
#endif
};
