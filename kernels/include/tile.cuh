// tile.cuh: the multiply-accumulate of one block over tiles in shared memory,
//   sum[i][j] += sum_k left[i][k] * right[k][j]
// One interface, two implementations.
//
// GPU shape: 256 threads, each with THREAD_ROWS x THREAD_COLUMNS sums in registers; the tiles are left[k][i]
// and right[k][j].
//
// Fat shape: one thread walks the block's tile in register tiles of THREAD_ROWS x THREAD_COLUMNS, whose sums
// rest in shared memory between two depth steps. A register tile of 6 x 16 (AVX2) or 12 x 32 (AVX-512) needs
// fewer loads than multiply-adds, and its strip of `right` (DEPTH x THREAD_COLUMNS) stays in the first-level
// cache for all rows of the block.
//
// Each sum adds its terms in ascending k, so the result does not depend on the number of threads or cores.
#pragma once
#include "simt.cuh"
#include "vector.cuh"

// What a block works on: rows x columns of the result from (row, column), over depths [depthBegin, depthEnd).
struct Region {
  int row, rows, column, columns, depthBegin, depthEnd;
};

constexpr int PRODUCT_SCRATCH = 96 * 1024;  // floats that the fat image has for the tiles and sums of a block

template <int ROWS_, int COLUMNS_, int DEPTH_, int THREAD_ROWS_, int THREAD_COLUMNS_>
struct Tile {
  static constexpr int ROWS = ROWS_, COLUMNS = COLUMNS_, DEPTH = DEPTH_;
  static constexpr int THREAD_ROWS = THREAD_ROWS_, THREAD_COLUMNS = THREAD_COLUMNS_;
  static constexpr int THREADS = SIMT_FAT ? 1 : (ROWS / THREAD_ROWS) * (COLUMNS / THREAD_COLUMNS);
  // Padding: on the CPU an odd number of cache lines spreads a column over all cache sets and leaves room for
  // rounded copies; on the GPU 4 floats let the transposing stores of a warp hit 32 different banks.
  static constexpr int PADDING = SIMT_FAT ? 16 : 4;
  static constexpr int ROW_PITCH = ROWS + PADDING, COLUMN_PITCH = COLUMNS + PADDING,
                       DEPTH_PITCH = DEPTH + PADDING;
  static constexpr int LEFT_BY_ROW = ROWS * DEPTH_PITCH, LEFT_BY_DEPTH = DEPTH * ROW_PITCH;
  static constexpr int LEFT =
      SIMT_FAT ? (LEFT_BY_ROW > LEFT_BY_DEPTH ? LEFT_BY_ROW : LEFT_BY_DEPTH) : LEFT_BY_DEPTH;
  static constexpr int RIGHT = DEPTH * COLUMN_PITCH;
  static_assert(COLUMNS % THREAD_COLUMNS == 0 && (SIMT_FAT || ROWS % THREAD_ROWS == 0), "whole thread tiles");
  static_assert(!SIMT_FAT || (LEFT % 16 == 0 && LEFT + RIGHT + ROWS * COLUMN_PITCH <= PRODUCT_SCRATCH),
                "the tiles and sums fit the scratch");
  static_assert(SIMT_FAT || (ROWS * DEPTH % THREADS == 0 && COLUMNS * DEPTH % THREADS == 0),
                "whole rounds of loads");
};

#if SIMT_FAT

// The tiles and sums of a block. One place for all products of the image, because a checked run poisons all
// shared memory before each block.
inline __device__ float* productScratch() {
  SIMT_SHARED(float, product, [PRODUCT_SCRATCH]);
  return product;
}

// Register tile of LIVE rows: c[i][.] += sum_k a(i, k) * b[k][.], c with pitch SUM_PITCH, b with PITCH.
// a(i, k) = a[i * ROW_STEP + k * DEPTH_STEP].
template <int LIVE, int COLUMNS, int SUM_PITCH, int PITCH, int ROW_STEP, int DEPTH_STEP>
__device__ __forceinline__ void accumulateRegisters(float* __restrict__ c, const float* __restrict__ a,
                                                    const float* __restrict__ b, int depth, bool first) {
  constexpr int PARTS = COLUMNS / simd::WIDTH;
  simd::Register sum[LIVE][PARTS];
  SIMT_UNROLL
  for (int i = 0; i < LIVE; ++i) SIMT_UNROLL
  for (int p = 0; p < PARTS; ++p)
    sum[i][p] = first ? simd::Register{} : simd::load(c + i * SUM_PITCH + p * simd::WIDTH);
  for (int k = 0; k < depth; ++k, a += DEPTH_STEP, b += PITCH) {
    simd::Register right[PARTS];
    SIMT_UNROLL
    for (int p = 0; p < PARTS; ++p) right[p] = simd::load(b + p * simd::WIDTH);
    SIMT_UNROLL
    for (int i = 0; i < LIVE; ++i) SIMT_UNROLL
    for (int p = 0; p < PARTS; ++p) sum[i][p] += a[i * ROW_STEP] * right[p];
  }
  SIMT_UNROLL
  for (int i = 0; i < LIVE; ++i) SIMT_UNROLL
  for (int p = 0; p < PARTS; ++p) simd::store(c + i * SUM_PITCH + p * simd::WIDTH, sum[i][p]);
}

// Chooses the register tile for the rows that are left: the last one of a block may have fewer than LIVE.
template <int LIVE, int COLUMNS, int SUM_PITCH, int PITCH, int ROW_STEP, int DEPTH_STEP>
__device__ __forceinline__ void accumulateRows(int rows, float* c, const float* a, const float* b, int depth,
                                               bool first) {
  if (rows >= LIVE)
    accumulateRegisters<LIVE, COLUMNS, SUM_PITCH, PITCH, ROW_STEP, DEPTH_STEP>(c, a, b, depth, first);
  else if constexpr (LIVE > 1)
    accumulateRows<LIVE - 1, COLUMNS, SUM_PITCH, PITCH, ROW_STEP, DEPTH_STEP>(rows, c, a, b, depth, first);
}

// The sums of one block. BY_ROW: the left tile is left[i][k], else left[k][i].
template <class T>
struct Accumulator {
  float* sums;  // [ROWS][COLUMN_PITCH]
  bool first = true;

  template <bool BY_ROW, bool SYMMETRIC>
  __device__ __forceinline__ void add(const Region& region, const float* left, const float* right,
                                      int depth) {
    constexpr int ROW_STEP = BY_ROW ? T::DEPTH_PITCH : 1, DEPTH_STEP = BY_ROW ? 1 : T::ROW_PITCH;
    for (int j = 0; j < region.columns; j += T::THREAD_COLUMNS) {
      // of a symmetric result only the rows above the last column of the strip are wanted
      const int above = region.column + j + T::THREAD_COLUMNS - region.row;
      const int rows = SYMMETRIC && above < region.rows ? above : region.rows;
      for (int i = 0; i < rows; i += T::THREAD_ROWS)
        accumulateRows<T::THREAD_ROWS, T::THREAD_COLUMNS, T::COLUMN_PITCH, T::COLUMN_PITCH, ROW_STEP,
                       DEPTH_STEP>(rows - i, sums + i * T::COLUMN_PITCH + j, left + i * ROW_STEP, right + j,
                                   depth, first);
    }
    first = false;
  }
};

#else

// The sums of one thread. Its columns come in groups of 4 that lie 4 * (threads per row) apart, so that the
// 128-bit reads of a warp are free of bank conflicts.
template <class T>
struct Accumulator {
  static constexpr int THREADS_X = T::COLUMNS / T::THREAD_COLUMNS;
  float sums[T::THREAD_ROWS][T::THREAD_COLUMNS];

  static __device__ __forceinline__ int row(int i) { return threadIdx.x / THREADS_X * T::THREAD_ROWS + i; }
  static __device__ __forceinline__ int column(int j) {
    return j / 4 * 4 * THREADS_X + threadIdx.x % THREADS_X * 4 + j % 4;
  }

  __device__ __forceinline__ void clear() {
    SIMT_UNROLL
    for (int i = 0; i < T::THREAD_ROWS; ++i) SIMT_UNROLL
    for (int j = 0; j < T::THREAD_COLUMNS; ++j) sums[i][j] = 0.0f;
  }

  __device__ __forceinline__ void add(const float* left, const float* right) {
    SIMT_UNROLL
    for (int k = 0; k < T::DEPTH; ++k) {
      float a[T::THREAD_ROWS], b[T::THREAD_COLUMNS];
      SIMT_UNROLL
      for (int i = 0; i < T::THREAD_ROWS; ++i) a[i] = left[k * T::ROW_PITCH + row(i)];
      SIMT_UNROLL
      for (int j = 0; j < T::THREAD_COLUMNS; ++j) b[j] = right[k * T::COLUMN_PITCH + column(j)];
      SIMT_UNROLL
      for (int i = 0; i < T::THREAD_ROWS; ++i) SIMT_UNROLL
      for (int j = 0; j < T::THREAD_COLUMNS; ++j) sums[i][j] = fmaf(a[i], b[j], sums[i][j]);
    }
  }
};

#endif
