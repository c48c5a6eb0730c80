// gemm.cuh: the one matrix product behind every dense kernel,
//   result[i][j] = finish(sum_k left(i, k) * right(j, k))
// A kernel chooses two operands (where an element comes from) and an output (where a sum goes and what is
// done to it). Convolution's three products are the same driver with other operands (convolution.cuh).
//
// Operand: value(i, k) is element i at depth k, 0 outside. DEPTH_FASTEST tells that neighbours in k are
// neighbours in memory. The fat image also asks for
//   int step(i0, iCount, k, room): how much depth, at most room, can be packed at once;
//   void pack<BY_ROW>(tile, pitch, i0, iCount, k0, kCount): fills tile[i][k] (BY_ROW) or tile[k][i].
//
// Output: run(i, j) is where sum (i, j) goes and how many of the following columns lie at a constant step
// from it; rowPitch() the distance from row i to i + 1; finish(i, v) the value to store. SYMMETRIC outputs
// compute i <= j only and store it twice. Outputs that COMPLETE a value need its place, too: complete(place,
// v) is then stored, and store(place, source, count) completes neighbours on the fat image.
#pragma once
#include "simt.cuh"
#include "tile.cuh"

struct Run {
  float* address;
  long long step;
  int length;
};

#if SIMT_FAT
// The first of the units that fall to block `index` of `count`, which share them evenly.
__device__ __forceinline__ int blockShare(int units, int index, int count) {
  return (int)((long long)units * index / count);
}
#endif

// The region of the calling block in a result of rows x columns; x counts columns, y rows. Fat blocks take
// equal shares, in whole register tiles: a last block with a remainder would keep one core waiting. The
// block's place along x is blockIdx.x unless the kernel counts its blocks in another order.
template <class T>
__device__ __forceinline__ Region blockRegion(int rows, int columns, int depthBegin, int depthEnd, int x) {
#if SIMT_FAT
  constexpr int UNIT = T::ROWS % T::THREAD_ROWS ? 1 : T::THREAD_ROWS;
  const int rowUnits = (rows + UNIT - 1) / UNIT,
            columnUnits = (columns + T::THREAD_COLUMNS - 1) / T::THREAD_COLUMNS;
  const int row = blockShare(rowUnits, blockIdx.y, gridDim.y) * UNIT,
            rowEnd = min(rows, blockShare(rowUnits, blockIdx.y + 1, gridDim.y) * UNIT);
  const int column = blockShare(columnUnits, x, gridDim.x) * T::THREAD_COLUMNS,
            columnEnd = min(columns, blockShare(columnUnits, x + 1, gridDim.x) * T::THREAD_COLUMNS);
  return {row, rowEnd - row, column, columnEnd - column, depthBegin, depthEnd};
#else
  const int row = blockIdx.y * T::ROWS, column = x * T::COLUMNS;
  return {row, min(T::ROWS, rows - row), column, min(T::COLUMNS, columns - column), depthBegin, depthEnd};
#endif
}

template <class T>
__device__ __forceinline__ Region blockRegion(int rows, int columns, int depthBegin, int depthEnd) {
  return blockRegion<T>(rows, columns, depthBegin, depthEnd, blockIdx.x);
}

// A matrix in memory: element i at depth k is data[i * pitch + k] (DEPTH_CONTIGUOUS) or data[k * pitch + i].
template <bool DEPTH_CONTIGUOUS>
struct MatrixOperand {
  static constexpr bool DEPTH_FASTEST = DEPTH_CONTIGUOUS;
  const float* __restrict__ data;
  long long pitch;
  int extent, depth;

  __device__ __forceinline__ float value(int i, int k) const {
    if (i >= extent || k >= depth) return 0.0f;
    return DEPTH_CONTIGUOUS ? data[i * pitch + k] : data[k * pitch + i];
  }

#if SIMT_FAT
  __device__ __forceinline__ int step(int, int, int, int room) const { return room; }

  template <bool BY_ROW>
  __device__ __forceinline__ void pack(float* tile, int tilePitch, int i0, int iCount, int k0,
                                       int kCount) const {
    const float* source = DEPTH_CONTIGUOUS ? data + i0 * pitch + k0 : data + k0 * pitch + i0;
    const int lines = DEPTH_CONTIGUOUS ? iCount : kCount, length = DEPTH_CONTIGUOUS ? kCount : iCount;
    if constexpr (BY_ROW == DEPTH_CONTIGUOUS)
      for (int line = 0; line < lines; ++line)
        simd::copy(tile + line * tilePitch, source + line * pitch, length);
    else
      simd::transpose(tile, tilePitch, source, pitch, lines, length);
  }
#endif
};

// scale * sum at data[i * rowPitch + j * columnPitch].
template <bool SYMMETRIC_ = false>
struct MatrixOutput {
  static constexpr bool SYMMETRIC = SYMMETRIC_, COMPLETES = false;
  float* __restrict__ data;
  long long pitch, columnPitch;
  float scale;

  __device__ __forceinline__ Run run(int i, int j) const {
    return {data + i * pitch + j * columnPitch, columnPitch, 0x7fffffff};
  }
  __device__ __forceinline__ long long rowPitch() const { return pitch; }
  __device__ __forceinline__ float finish(int, float sum) const { return scale * sum; }
};

#if SIMT_FAT

// Row i from column j on, of which the part on and above the diagonal is stored twice.
template <class Output>
__device__ __forceinline__ void storeSymmetric(const Region& region, int i, int j, int count,
                                               const float* source, const Output& output) {
  const int row = region.row + i, column = region.column + j;
  for (int q = max(0, row - column); q < count; ++q)
    *output.run(row, column + q).address = *output.run(column + q, row).address = source[q];
}

// Sums that lie next to each other in memory are stored as rows, or as columns where the result is stored
// transposed.
template <class T, class Output>
__device__ __forceinline__ void storeSums(const Region& region, float* sums, const Output& output) {
  for (int i = 0; i < region.rows; ++i)
    for (int j = 0; j < region.columns; ++j)
      sums[i * T::COLUMN_PITCH + j] = output.finish(region.row + i, sums[i * T::COLUMN_PITCH + j]);
  for (int j = 0; j < region.columns;) {
    const Run run = output.run(region.row, region.column + j);
    const int count = min(run.length, region.columns - j);
    const long long rowPitch = output.rowPitch();
    if (rowPitch == 1) {
      simd::transpose(run.address, (int)run.step, sums + j, T::COLUMN_PITCH, region.rows, count);
      if constexpr (Output::COMPLETES)
        for (int q = 0; q < count; ++q)
          output.store(run.address + q * run.step, run.address + q * run.step, region.rows);
    } else {
      for (int i = 0; i < region.rows; ++i) {
        const float* source = sums + i * T::COLUMN_PITCH + j;
        if (Output::SYMMETRIC)
          storeSymmetric(region, i, j, count, source, output);
        else if constexpr (Output::COMPLETES)
          output.store(run.address + i * rowPitch, source, count);
        else if (run.step == 1)
          simd::copy(run.address + i * rowPitch, source, count);
        else
          for (int q = 0; q < count; ++q) run.address[i * rowPitch + q * run.step] = source[q];
      }
    }
    j += count;
  }
}

template <class T, class Left, class Right, class Output>
__device__ __forceinline__ void multiply(const Region& region, Left& left, Right& right,
                                         const Output& output) {
  if (Output::SYMMETRIC && region.row >= region.column + region.columns) return;  // below the diagonal
  float *leftTile = productScratch(), *rightTile = leftTile + T::LEFT, *sums = rightTile + T::RIGHT;
  constexpr bool BY_ROW = Left::DEPTH_FASTEST;
  Accumulator<T> accumulator{sums};
  if (region.depthBegin >= region.depthEnd) simd::clear(sums, T::ROWS * T::COLUMN_PITCH);
  for (int k = region.depthBegin; k < region.depthEnd;) {
    int count = min(T::DEPTH, region.depthEnd - k);
    count = left.step(region.row, region.rows, k, count);
    count = right.step(region.column, region.columns, k, count);
    left.template pack<BY_ROW>(leftTile, BY_ROW ? T::DEPTH_PITCH : T::ROW_PITCH, region.row, region.rows, k,
                               count);
    right.template pack<false>(rightTile, T::COLUMN_PITCH, region.column, region.columns, k, count);
    accumulator.template add<BY_ROW, Output::SYMMETRIC>(region, leftTile, rightTile, count);
    k += count;
  }
  storeSums<T>(region, sums, output);
}

#else

// tile[k][i] = operand(i0 + i, k0 + k); neighbouring threads read neighbouring memory.
template <class T, int EXTENT, class Operand>
__device__ __forceinline__ void loadTile(float* tile, const Operand& operand, int i0, int k0, int kEnd) {
  SIMT_UNROLL
  for (int n = 0; n < EXTENT * T::DEPTH / T::THREADS; ++n) {
    const unsigned e = threadIdx.x + n * T::THREADS;
    const int i = Operand::DEPTH_FASTEST ? e / T::DEPTH : e % EXTENT;
    const int k = Operand::DEPTH_FASTEST ? e % T::DEPTH : e / EXTENT;
    tile[k * (EXTENT + T::PADDING) + i] = k0 + k < kEnd ? operand.value(i0 + i, k0 + k) : 0.0f;
  }
}

template <class T, class Output>
__device__ __forceinline__ void storeSums(const Region& region, const Accumulator<T>& sum,
                                          const Output& output) {
  SIMT_UNROLL
  for (int j = 0; j < T::THREAD_COLUMNS; ++j) {
    const int column = region.column + sum.column(j);
    if (column >= region.column + region.columns) continue;
    float* target = output.run(region.row, column).address;
    SIMT_UNROLL
    for (int i = 0; i < T::THREAD_ROWS; ++i) {
      const int row = region.row + sum.row(i);
      if (row >= region.row + region.rows || (Output::SYMMETRIC && row > column)) continue;
      float* place = target + sum.row(i) * output.rowPitch();
      float value = output.finish(row, sum.sums[i][j]);
      if constexpr (Output::COMPLETES) value = output.complete(place, value);
      *place = value;
      if constexpr (Output::SYMMETRIC) *output.run(column, row).address = value;
    }
  }
}

template <class T, class Left, class Right, class Output>
__device__ __forceinline__ void multiply(const Region& region, Left& left, Right& right,
                                         const Output& output) {
  SIMT_SHARED(float, leftTile, [T::LEFT]);
  SIMT_SHARED(float, rightTile, [T::RIGHT]);
  if (Output::SYMMETRIC && region.row >= region.column + T::COLUMNS) return;  // below the diagonal
  Accumulator<T> accumulator;
  accumulator.clear();
  for (int k = region.depthBegin; k < region.depthEnd; k += T::DEPTH) {
    loadTile<T, T::ROWS>(leftTile, left, region.row, k, region.depthEnd);
    loadTile<T, T::COLUMNS>(rightTile, right, region.column, k, region.depthEnd);
    __syncthreads();
    accumulator.add(leftTile, rightTile);
    __syncthreads();
  }
  storeSums<T>(region, accumulator, output);
}

#endif
