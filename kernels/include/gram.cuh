// gram.cuh: the two products around Gram matrices of feature maps F [channels][positions], for matrices that
// are small and many.
//   halfOfGram       s_ij = f_i . f_j for i <= j, of one square tile of TILE rows and columns
//   symmetricTimes   (A F)[i][p] = sum_k A[i][k] f_k[p]
// On a GPU they are the tiled product of gemm.cuh. The fat thread reads the rows of F where they lie: both
// factors of s_ij run along positions, so nothing is transposed, and a register tile of 3 x 4 inner products
// needs 7 loads for 12 multiply-adds. A row or column past the end repeats the last one and is not used.
//
// Deterministic: every inner product adds in an order that depends on the sizes alone.
#pragma once
#include "gemm.cuh"

namespace gram {

constexpr int TILE = 64;  // org.stic.kernels.Gram.TILE

// Where the half on and above the diagonal, row after row, has its element (i, j), i <= j.
__device__ __forceinline__ long long packed(int i, int j, int channels) {
  return (long long)i * (2 * channels - i - 1) / 2 + j;
}

__device__ __forceinline__ long long packedSize(int channels) {
  return (long long)channels * (channels + 1) / 2;
}

// The calling block's tile: square, so that a tile below the diagonal is the mirror image of one above.
__device__ __forceinline__ Region tileRegion(int channels, int positions) {
  const int row = (int)blockIdx.y * TILE, column = (int)blockIdx.x * TILE;
  return {row, min(TILE, channels - row), column, min(TILE, channels - column), 0, positions};
}

#if SIMT_FAT

constexpr int PITCH = TILE + 16;  // of a tile that has room for LEFT - 1 rows more

namespace rows {

constexpr int LEFT = 3, RIGHT = 4;
typedef simd::Lanes<4>::Aligned Four;

template <int N>
__device__ __forceinline__ Four quarter(typename simd::Lanes<N>::Aligned v) {
  if constexpr (N == 4) {
    return v;
  } else {
    typename simd::Lanes<N / 2>::Aligned halves[2];
    __builtin_memcpy(halves, &v, sizeof v);
    return quarter<N / 2>(halves[0] + halves[1]);
  }
}

// The four totals of four registers.
__device__ __forceinline__ Four totals(const simd::Register* v) {
  const Four a = quarter<simd::WIDTH>(v[0]), b = quarter<simd::WIDTH>(v[1]), c = quarter<simd::WIDTH>(v[2]),
             d = quarter<simd::WIDTH>(v[3]);
  const Four ab = __builtin_shufflevector(a, b, 0, 4, 1, 5) + __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Four cd = __builtin_shufflevector(c, d, 0, 4, 1, 5) + __builtin_shufflevector(c, d, 2, 6, 3, 7);
  return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}

// The last `count` lanes of the register that ends at `end`, zeros before.
__device__ __forceinline__ simd::Register lastLanes(const float* end, int count) {
  static const int MASK[2 * 16] = {0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
                                   -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
  typedef simd::Lanes<simd::WIDTH> Lanes;
  const typename Lanes::Bits keep =
      *reinterpret_cast<const typename Lanes::UnalignedBits*>(MASK + 16 - simd::WIDTH + count);
  return (simd::Register)((typename Lanes::Bits)simd::load(end - simd::WIDTH) & keep);
}

// target[i * pitch + j] = left[i] . right[j].
__device__ __forceinline__ void innerProducts(float* target, int pitch, const float* const (&left)[LEFT],
                                              const float* const (&right)[RIGHT], int positions) {
  simd::Register sum[LEFT][RIGHT] = {};
  int p = 0;
  for (; p + simd::WIDTH <= positions; p += simd::WIDTH) {
    simd::Register a[LEFT];
    SIMT_UNROLL
    for (int i = 0; i < LEFT; ++i) a[i] = simd::load(left[i] + p);
    SIMT_UNROLL
    for (int j = 0; j < RIGHT; ++j) {
      const simd::Register b = simd::load(right[j] + p);
      SIMT_UNROLL
      for (int i = 0; i < LEFT; ++i) sum[i][j] += a[i] * b;
    }
  }
  if (p < positions && p > 0) {
    simd::Register a[LEFT];
    SIMT_UNROLL
    for (int i = 0; i < LEFT; ++i) a[i] = lastLanes(left[i] + positions, positions - p);
    SIMT_UNROLL
    for (int j = 0; j < RIGHT; ++j) {
      const simd::Register b = simd::load(right[j] + positions - simd::WIDTH);
      SIMT_UNROLL
      for (int i = 0; i < LEFT; ++i) sum[i][j] += a[i] * b;
    }
  }
  SIMT_UNROLL
  for (int i = 0; i < LEFT; ++i) simd::store<4>(target + i * pitch, totals(sum[i]));
  if (p > 0) return;
  for (; p < positions; ++p)
    for (int i = 0; i < LEFT; ++i)
      for (int j = 0; j < RIGHT; ++j) target[i * pitch + j] += left[i][p] * right[j][p];
}

}  // namespace rows

// tile[i][j] = f_(row + i) . f_(column + j) for the region's elements on and above the diagonal; what is
// below, and up to RIGHT - 1 elements past the end of a row, is overwritten.
__device__ __forceinline__ void halfOfGram(float* tile, const float* features, int channels, int positions,
                                           const Region& region) {
  using namespace rows;
  for (int i = 0; i < region.rows; i += LEFT) {
    const float *left[LEFT], *right[RIGHT];
    for (int r = 0; r < LEFT; ++r)
      left[r] = features + (long long)min(region.row + i + r, channels - 1) * positions;
    for (int j = max(0, region.row + i - region.column); j < region.columns; j += RIGHT) {
      for (int c = 0; c < RIGHT; ++c)
        right[c] = features + (long long)min(region.column + j + c, channels - 1) * positions;
      innerProducts(tile + i * PITCH + j, PITCH, left, right, positions);
    }
  }
}

__device__ __forceinline__ float total(simd::Register lanes) {
  const rows::Four four = rows::quarter<simd::WIDTH>(lanes);
  return (four[0] + four[1]) + (four[2] + four[3]);
}

// A block of symmetricTimes: rows of A and of the result, how much of its depth is expanded at once, and how
// many columns of F are packed at once: whole lines of memory, where one strip of registers would touch each
// line alone.
constexpr int BLOCK_ROWS = 4 * simd::TILE_ROWS, DEPTH = 512, DEPTH_PITCH = DEPTH + 16, PANEL = 64;
// Up to so many channels F is read where it lies: a strip stays in the first-level cache.
constexpr int FEW_CHANNELS = 32;
static_assert(BLOCK_ROWS * DEPTH_PITCH + DEPTH * PANEL <= PRODUCT_SCRATCH,
              "A's rows and the panel fit the scratch");

// c[i][.] (+)= sum_k a[i][k] b[k][.] for up to LIVE rows and two registers of columns.
template <int LIVE>
__device__ __forceinline__ void timesRows(int rows, float* c, long long cPitch, const float* a,
                                          const float* b, long long bPitch, int depth, bool first) {
  if (LIVE > 1 && rows < LIVE) {
    timesRows<(LIVE > 1 ? LIVE - 1 : 1)>(rows, c, cPitch, a, b, bPitch, depth, first);
    return;
  }
  simd::Register sum[LIVE][2];
  SIMT_UNROLL
  for (int i = 0; i < LIVE; ++i) SIMT_UNROLL
  for (int p = 0; p < 2; ++p)
    sum[i][p] = first ? simd::Register{} : simd::load(c + i * cPitch + p * simd::WIDTH);
  for (int k = 0; k < depth; ++k, b += bPitch) {
    const simd::Register b0 = simd::load(b), b1 = simd::load(b + simd::WIDTH);
    SIMT_UNROLL
    for (int i = 0; i < LIVE; ++i) {
      sum[i][0] += a[i * DEPTH_PITCH + k] * b0;
      sum[i][1] += a[i * DEPTH_PITCH + k] * b1;
    }
  }
  SIMT_UNROLL
  for (int i = 0; i < LIVE; ++i) SIMT_UNROLL
  for (int p = 0; p < 2; ++p) simd::store(c + i * cPitch + p * simd::WIDTH, sum[i][p]);
}

// One strip of columns of the result; fewer than a strip pass through memory of their own.
__device__ __forceinline__ void timesStrip(float* result, int positions, const float* a, const float* b,
                                           long long bPitch, int rows, int count, int depth, bool first) {
  constexpr int ROWS = simd::TILE_ROWS, COLUMNS = simd::TILE_COLUMNS;
  for (int i = 0; i < rows; i += ROWS) {
    const int live = min(ROWS, rows - i);
    float* target = result + (long long)i * positions;
    if (count == COLUMNS) {
      timesRows<ROWS>(live, target, positions, a + i * DEPTH_PITCH, b, bPitch, depth, first);
    } else {
      float sums[ROWS * COLUMNS];
      if (!first)
        for (int r = 0; r < live; ++r)
          simd::copy(sums + r * COLUMNS, target + (long long)r * positions, count);
      timesRows<ROWS>(live, sums, COLUMNS, a + i * DEPTH_PITCH, b, bPitch, depth, first);
      for (int r = 0; r < live; ++r) simd::copy(target + (long long)r * positions, sums + r * COLUMNS, count);
    }
  }
}

// result[i][p] = sum_k A[i][k] f_k[p] for the region's rows and columns; expand(a, k0, count) fills the rows
// of a[i][k - k0], DEPTH_PITCH apart.
template <class Expand>
__device__ __forceinline__ void symmetricTimes(float* result, const float* features, int channels,
                                               int positions, const Region& region, Expand expand) {
  constexpr int COLUMNS = simd::TILE_COLUMNS;
  float *a = productScratch(), *panel = a + BLOCK_ROWS * DEPTH_PITCH;
  float* block = result + (long long)region.row * positions;
  const int end = region.column + region.columns;
  for (int k0 = 0; k0 < channels; k0 += DEPTH) {
    const int depth = min(DEPTH, channels - k0);
    const float* maps = features + (long long)k0 * positions;
    expand(a, k0, depth);
    int p = region.column;
    if (channels <= FEW_CHANNELS)
      for (; p + COLUMNS <= end; p += COLUMNS)
        timesStrip(block + p, positions, a, maps + p, positions, region.rows, COLUMNS, depth, k0 == 0);
    for (; p < end; p += PANEL) {
      const int columns = min(PANEL, end - p), whole = columns / COLUMNS * COLUMNS;
      for (int k = 0; k < depth; ++k) {
        if (whole < columns) simd::clearRounded(panel + k * PANEL + whole, COLUMNS);
        simd::copy(panel + k * PANEL, maps + (long long)k * positions + p, columns);
      }
      for (int q = 0; q < columns; q += COLUMNS)
        timesStrip(block + p + q, positions, a, panel + q, PANEL, region.rows, min(COLUMNS, columns - q),
                   depth, k0 == 0);
    }
  }
}

#else

// The same tile in the registers of a block: each(i, j, f_i . f_j) for the region's elements on and above the
// diagonal.
template <class T, class Each>
__device__ __forceinline__ void halfOfGram(const float* features, int channels, int positions,
                                           const Region& region, Each each) {
  SIMT_SHARED(float, leftTile, [T::LEFT]);
  SIMT_SHARED(float, rightTile, [T::RIGHT]);
  const MatrixOperand<true> map{features, positions, channels, positions};
  Accumulator<T> sum;
  sum.clear();
  for (int k = 0; k < positions; k += T::DEPTH) {
    loadTile<T, T::ROWS>(leftTile, map, region.row, k, positions);
    loadTile<T, T::COLUMNS>(rightTile, map, region.column, k, positions);
    __syncthreads();
    sum.add(leftTile, rightTile);
    __syncthreads();
  }
  SIMT_UNROLL
  for (int i = 0; i < T::THREAD_ROWS; ++i) SIMT_UNROLL
  for (int j = 0; j < T::THREAD_COLUMNS; ++j) {
    const int row = region.row + sum.row(i), column = region.column + sum.column(j);
    if (row <= column && column < channels) each(row, column, sum.sums[i][j]);
  }
}

#endif

}  // namespace gram
