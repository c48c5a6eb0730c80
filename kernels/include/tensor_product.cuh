// tensor_product.cuh: the matrix product behind the kernels of kernels/tensor,
//   result[i][j] = finish(sum_k r(left(i, k)) * r(right(j, k))),
// with r the rounding of a format and sums in single precision. While tensor cores multiply one stage of the
// tiles, the next one is on its way: through registers, where it is rounded, or by asynchronous copies.
//
// Source: element(i) and depth(k) are what an index contributes to an address, worked out once for many
// loads; find(element, depth) is the address, or null for 0; data() any address that can be read.
// depthFastest tells that neighbours in k are neighbours in memory. Outputs are those of gemm.cuh.
//
// The fat image has the same function for the operands of gemm.cuh (rounded_product.cuh).
//
// Each sum adds its depth in steps of one instruction, in ascending order: the same bits in every run.
#pragma once
#include "gemm.cuh"
#include "rounded_product.cuh"
#include "tensor_tile.cuh"

#if !SIMT_FAT

// One operand's way into shared memory.
template <class Format, int EXTENT, class Source>
struct TensorLoader {
  static constexpr int ROUNDS = EXTENT / 16;
  const Source& source;
  TensorPattern pattern;
  typename Source::Element elements[ROUNDS];
  typename Format::template Staging<ROUNDS> staging;

  __device__ __forceinline__ TensorLoader(const Source& source, int i0)
      : source(source), pattern(source.depthFastest) {
    SIMT_UNROLL
    for (int n = 0; n < ROUNDS; ++n) elements[n] = source.element(i0 + pattern.element(n));
  }
  __device__ __forceinline__ void begin(int k, uint32_t* tile) {
    staging.begin(source, elements, pattern, k, tile);
  }
  __device__ __forceinline__ void end(uint32_t* tile) { staging.end(pattern, tile); }
};

// The sums of one warp.
template <class Format, class T>
struct TensorSums {
  static constexpr int M = T::WARP_ROWS / mma::ROWS, N = T::WARP_COLUMNS / mma::COLUMNS;
  float sums[M][N][4];

  static __device__ __forceinline__ int row(int m, int i) {
    return threadIdx.x / 32 / T::WARPS_X * T::WARP_ROWS + m * mma::ROWS + threadIdx.x % 32 / 4 + i / 2 * 8;
  }
  static __device__ __forceinline__ int column(int n, int i) {
    return threadIdx.x / 32 % T::WARPS_X * T::WARP_COLUMNS + n * mma::COLUMNS + threadIdx.x % 4 * 2 + i % 2;
  }

  __device__ __forceinline__ void clear() {
    SIMT_UNROLL
    for (int m = 0; m < M; ++m) SIMT_UNROLL
    for (int n = 0; n < N; ++n) SIMT_UNROLL
    for (int i = 0; i < 4; ++i) sums[m][n][i] = 0.0f;
  }

  // Two instructions deep: each takes two of the four chunks.
  __device__ __forceinline__ void add(const uint32_t* left, const uint32_t* right) {
    const int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    const int leftRow = warp / T::WARPS_X * T::WARP_ROWS + lane % 16, leftHalf = lane / 16;
    const int rightRow = warp % T::WARPS_X * T::WARP_COLUMNS + lane / 16 * 8 + lane % 8,
              rightHalf = lane / 8 % 2;
    SIMT_UNROLL
    for (int chunk = 0; chunk < 4; chunk += 2) {
      uint32_t a[M][4], b[N][2];
      SIMT_UNROLL
      for (int m = 0; m < M; ++m)
        mma::loadMatrices(a[m], left + tensorWord(leftRow + m * mma::ROWS, 4 * (chunk + leftHalf)));
      SIMT_UNROLL
      for (int n = 0; n < N; n += 2) {
        uint32_t pair[4];
        mma::loadMatrices(pair, right + tensorWord(rightRow + n * mma::COLUMNS, 4 * (chunk + rightHalf)));
        b[n][0] = pair[0], b[n][1] = pair[1], b[n + 1][0] = pair[2], b[n + 1][1] = pair[3];
      }
      Format::add(sums, a, b);
    }
  }

  template <class Output>
  __device__ __forceinline__ void store(const Region& region, const Output& output) const {
    SIMT_UNROLL
    for (int n = 0; n < N; ++n) SIMT_UNROLL
    for (int c = 0; c < 2; ++c) {
      if (column(n, c) >= region.columns) continue;
      float* target = output.run(region.row, region.column + column(n, c)).address;
      SIMT_UNROLL
      for (int m = 0; m < M; ++m) SIMT_UNROLL
      for (int i = c; i < 4; i += 2) {
        if (row(m, i) >= region.rows) continue;
        float* place = target + row(m, i) * output.rowPitch();
        float value = output.finish(region.row + row(m, i), sums[m][n][i]);
        if constexpr (Output::COMPLETES) value = output.complete(place, value);
        *place = value;
      }
    }
  }
};

template <class Format, class T, class Left, class Right, class Output>
__device__ __forceinline__ void multiplyRounded(const Region& region, const Left& left, const Right& right,
                                                const Output& output) {
  uint32_t* tiles = tensorScratch();
  TensorLoader<Format, T::ROWS, Left> leftLoader(left, region.row);
  TensorLoader<Format, T::COLUMNS, Right> rightLoader(right, region.column);
  TensorSums<Format, T> sums;
  sums.clear();
  const int steps = (region.depthEnd - region.depthBegin + Format::DEPTH - 1) / Format::DEPTH;
  for (int step = -1; step < steps; ++step) {  // the first round only loads
    uint32_t *stage = tiles + (step & 1) * T::STAGE, *next = tiles + (~step & 1) * T::STAGE;
    const int k = region.depthBegin + (step + 1) * Format::DEPTH;
    const bool loads = step + 1 < steps;
    if (loads) leftLoader.begin(k, next), rightLoader.begin(k, next + T::ROWS * TENSOR_WORDS);
    if (step >= 0) sums.add(stage, stage + T::ROWS * TENSOR_WORDS);
    if (loads) leftLoader.end(next), rightLoader.end(next + T::ROWS * TENSOR_WORDS);
    __syncthreads();
  }
  sums.store(region, output);
}

#endif
