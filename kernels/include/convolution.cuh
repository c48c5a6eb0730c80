// convolution.cuh: the sizes of a convolution and the operands and outputs that its three products share.
//   y[n][k][p][q] = sum_{c,r,s} x[n][c][p * stride + r - padding][q * stride + s - padding] w[k][c][r][s]
// Images are NCHW, filters KCRS, everything packed.
#pragma once
#include "gemm.cuh"
#include "patches.cuh"
#include "staging.cuh"

struct Convolution {
  int images, channels, height, width, filters, filterHeight, filterWidth, stride, padding;

  __device__ __forceinline__ int rows() const { return (height + 2 * padding - filterHeight) / stride + 1; }
  __device__ __forceinline__ int columns() const { return (width + 2 * padding - filterWidth) / stride + 1; }
  __device__ __forceinline__ int taps() const { return channels * filterHeight * filterWidth; }
  __device__ __forceinline__ PatchGeometry patches() const {
    return {channels,  height, width, filterHeight, filterWidth, rows(),
            columns(), stride, 1,     -padding,     -padding};
  }
};

// Patches with pixels as elements and taps as depth: the right operand of the products that make images.
struct PatchColumns {
  static constexpr bool DEPTH_FASTEST = false;
  Patches patches;
  __device__ __forceinline__ float value(int j, int k) const { return patches.value(k, j); }

#if SIMT_FAT
  Staging staging;
  int taps, preparedFor = -1;
  bool staged = false;

  explicit __device__ __forceinline__ PatchColumns(const Patches& patches)
      : patches(patches), staging(patches), taps(patches.byTaps.value) {}

  // Whether the patches of these pixels can be staged; lays them out.
  __device__ __forceinline__ bool prepare(int j0, int count) {
    if (preparedFor != j0) staged = staging.prepare(j0, count);
    preparedFor = j0;
    return staged;
  }

  // Whole channels where they fit, else a part of one.
  __device__ __forceinline__ int step(int j0, int count, int k, int room) {
    if (!prepare(j0, count)) return room;
    const int inChannel = k % taps;
    if (inChannel || room < taps) return min(room, taps - inChannel);
    return min(room / taps, staging.channels()) * taps;
  }

  __device__ __forceinline__ void stage(int k0, int kCount) {
    staging.stage(k0 / taps, (k0 + kCount - 1) / taps - k0 / taps + 1);
  }

  // Where tap k is staged.
  __device__ __forceinline__ const float* tap(int k) const {
    const int c = patches.byTaps.quotient(k), rs = k - c * taps, r = patches.byTapColumns.quotient(rs);
    return staging.tap(c, r, rs - r * patches.g.tapColumns);
  }

  template <bool BY_ROW>
  __device__ __forceinline__ void pack(float* tile, int pitch, int j0, int count, int k0, int kCount) {
    static_assert(!BY_ROW, "a right operand");
    if (staged) {
      stage(k0, kCount);
      staging.pack(tile, pitch, kCount, [&](int k) { return tap(k0 + k); });
    } else {
      for (int k = k0; k < k0 + kCount; ++k, tile += pitch)
        for (int j = 0; j < count; ++j) tile[j] = patches.value(k, j0 + j);
    }
  }
#endif
};

// Where the pixels (n, p, q) of a product go: every step-th row and column of an image from (originRow,
// originColumn).
struct ImageOutput {
  static constexpr bool SYMMETRIC = false, COMPLETES = false;
  float* __restrict__ images;
  int planes, height, width, rows, columns, step, originRow, originColumn;

  __device__ __forceinline__ Run run(int plane, int pixel) const {
    const int n = pixel / (rows * columns), pq = pixel - n * rows * columns, p = pq / columns,
              q = pq - p * columns;
    float* address = images + (((long long)n * planes + plane) * height + originRow + p * step) * width +
                     originColumn + q * step;
    return {address, step, step == 1 && columns == width ? rows * columns - pq : columns - q};
  }
  __device__ __forceinline__ long long rowPitch() const { return (long long)height * width; }
  __device__ __forceinline__ float finish(int, float sum) const { return sum; }
};

// The same with what follows a convolution in a network, before the sums are stored:
//   y = f(sum + bias[plane] + addend at the place of y),  f(v) = v, or slope v where v < 0.
struct ActivatedOutput : ImageOutput {
  static constexpr bool COMPLETES = true;
  const float* __restrict__ bias;    // one per plane, or null
  const float* __restrict__ addend;  // laid out as the images, or null
  float slope;                       // 1 for no activation

  __device__ __forceinline__ float finish(int plane, float sum) const {
    return bias ? sum + bias[plane] : sum;
  }
  __device__ __forceinline__ float activate(float v) const { return v < 0.0f ? slope * v : v; }
  __device__ __forceinline__ float complete(const float* place, float v) const {
    return activate(addend ? v + addend[place - images] : v);
  }

#if SIMT_FAT
  // A run of neighbours.
  __device__ __forceinline__ void store(float* place, const float* source, int count) const {
    const float* added = addend ? addend + (place - images) : nullptr;
    if (added) {
      SIMT_LANES
      for (int q = 0; q < count; ++q) place[q] = activate(source[q] + added[q]);
    } else if (slope != 1.0f) {
      SIMT_LANES
      for (int q = 0; q < count; ++q) place[q] = activate(source[q]);
    } else {
      simd::copy(place, source, count);
    }
  }
#endif
};
