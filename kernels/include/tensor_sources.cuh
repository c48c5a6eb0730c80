// tensor_sources.cuh: where the factors of products on tensor cores come from (tensor_product.cuh). Offsets
// are 32 bits wide: the host refuses larger tensors.
#pragma once
#include "patches.cuh"
#include "residue_class.cuh"

#if !SIMT_FAT

// A factor whose address is a sum of what its element and its depth contribute, each negative outside.
struct OffsetSource {
  typedef int Element;
  typedef int Depth;
  const float* __restrict__ values;
  bool depthFastest;

  __device__ __forceinline__ const float* data() const { return values; }
  __device__ __forceinline__ const float* find(int element, int depth) const {
    return (element | depth) < 0 ? nullptr : values + element + depth;
  }
};

// Element i at depth k is data[i * elementPitch + k * depthPitch], one of both pitches being 1.
struct MatrixSource : OffsetSource {
  int extent, depthEnd, elementPitch, depthPitch;

  __device__ __forceinline__ int element(int i) const { return i < extent ? i * elementPitch : -1; }
  __device__ __forceinline__ int depth(int k) const { return k < depthEnd ? k * depthPitch : -1; }
};

// Taps of one residue class (residue_class.cuh), with the channel as element and (k, u, v) as depth.
struct FilterClassSource : OffsetSource {
  FilterClassOperand filter;

  __device__ __forceinline__ int element(int c) const {
    return c < filter.channels ? c * filter.filterHeight * filter.filterWidth : -1;
  }
  __device__ __forceinline__ int depth(int k) const { return k < filter.depth ? (int)filter.offset(k) : -1; }
};

// dy[n][k][p][q] with the filter k as element and the pixel (n, p, q) as depth.
struct PlaneSource : OffsetSource {
  int planes, pixels;
  Divisor byPlane;

  __device__ __forceinline__ int element(int i) const { return i < planes ? i * (int)byPlane.value : -1; }
  __device__ __forceinline__ int depth(int k) const {
    if (k >= pixels) return -1;
    const int n = byPlane.quotient(k);
    return n * planes * byPlane.value + k - n * (int)byPlane.value;
  }
};

// A place in an image, or a step from it: an offset, and the row and column that tell what is outside.
struct PatchPlace {
  int offset;
  short row, column;
};

// Patches, with pixels as elements and taps as depth, or the other way round.
template <bool PIXELS_ARE_DEPTH>
struct PatchSource {
  typedef PatchPlace Element;
  typedef PatchPlace Depth;
  static constexpr bool depthFastest = PIXELS_ARE_DEPTH;
  static constexpr short OUTSIDE = -0x4000;  // no tap leads back from there
  Patches patches;
  int depthEnd;

  __device__ __forceinline__ const float* data() const { return patches.images; }
  __device__ __forceinline__ PatchPlace element(int i) const {
    return PIXELS_ARE_DEPTH ? tap(i, patches.depth) : pixel(i, patches.pixels);
  }
  __device__ __forceinline__ PatchPlace depth(int k) const {
    return PIXELS_ARE_DEPTH ? pixel(k, depthEnd) : tap(k, depthEnd);
  }
  __device__ __forceinline__ const float* find(PatchPlace a, PatchPlace b) const {
    const int y = a.row + b.row, x = a.column + b.column;
    const bool inside = (unsigned)y < (unsigned)patches.g.height && (unsigned)x < (unsigned)patches.g.width;
    return inside ? patches.images + (a.offset + b.offset) : nullptr;
  }

 private:
  __device__ __forceinline__ PatchPlace pixel(int j, int end) const {
    if (j >= end) return {0, OUTSIDE, 0};
    const PatchGeometry& g = patches.g;
    const int n = patches.byPlane.quotient(j), pq = j - n * patches.byPlane.value,
              p = patches.byColumns.quotient(pq), q = pq - p * g.columns;
    const int y = p * g.step + g.originRow, x = q * g.step + g.originColumn;
    return {(n * g.channels * g.height + y) * g.width + x, (short)y, (short)x};
  }
  __device__ __forceinline__ PatchPlace tap(int k, int end) const {
    if (k >= end) return {0, OUTSIDE, 0};
    const PatchGeometry& g = patches.g;
    const int c = patches.byTaps.quotient(k), rs = k - c * patches.byTaps.value,
              r = patches.byTapColumns.quotient(rs), s = rs - r * g.tapColumns;
    const int y = r * g.tap, x = s * g.tap;
    return {(c * g.height + y) * g.width + x, (short)y, (short)x};
  }
};

#endif
