// patches.cuh: a batch of images seen as the matrix of their patches (implicit im2col).
//   patch(k, j) = image[n][c][p * step + r * tap + originRow][q * step + s * tap + originColumn]
// with tap k = (c, r, s) and pixel j = (n, p, q), and 0 outside the image.
//
// Forward convolution has step = stride, tap = 1, origin = -padding. Backward-data has step = 1, tap = -1
// over the output gradient: a convolution with the flipped filter.
#pragma once
#include "divisor.cuh"
#include "simt.cuh"
#include "vector.cuh"

struct PatchGeometry {
  int channels, height, width;  // of the image
  int tapRows, tapColumns;      // r < tapRows, s < tapColumns
  int rows, columns;            // p < rows, q < columns
  int step, tap, originRow, originColumn;
};

struct Patches {
  const float* __restrict__ images;
  PatchGeometry g;
  int depth, pixels;  // channels * tapRows * tapColumns, images * rows * columns
  Divisor byTaps, byTapColumns, byPlane, byColumns;

  __device__ __forceinline__ Patches(const float* images, const PatchGeometry& g, int count)
      : images(images),
        g(g),
        depth(g.channels * g.tapRows * g.tapColumns),
        pixels(count * g.rows * g.columns),
        byTaps(max(1, g.tapRows * g.tapColumns)),
        byTapColumns(max(1, g.tapColumns)),
        byPlane(g.rows * g.columns),
        byColumns(g.columns) {}

  __device__ __forceinline__ const float* end() const {
    return images + (long long)(pixels / byPlane.value) * g.channels * g.height * g.width;
  }

  __device__ __forceinline__ float value(int k, int j) const {
    if (k >= depth || j >= pixels) return 0.0f;
    const int c = byTaps.quotient(k), rs = k - c * byTaps.value, r = byTapColumns.quotient(rs),
              s = rs - r * g.tapColumns;
    const int n = byPlane.quotient(j), pq = j - n * byPlane.value, p = byColumns.quotient(pq),
              q = pq - p * g.columns;
    const int y = p * g.step + r * g.tap + g.originRow, x = q * g.step + s * g.tap + g.originColumn;
    if ((unsigned)y >= (unsigned)g.height || (unsigned)x >= (unsigned)g.width) return 0.0f;
    return images[(((long long)n * g.channels + c) * g.height + y) * g.width + x];
  }
};
