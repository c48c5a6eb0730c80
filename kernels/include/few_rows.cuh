// few_rows.cuh: the fat image's product of at most 4 rows with patches, such as the gradient by an image of 1
// or 3 channels. Each patch is then used so rarely that packing it costs more than multiplying it: the
// vectors are taken straight from the staged rows, a piece of an output row (staging.cuh) each, and the sums
// of several pieces stay in registers over a whole depth step.
//
// Each sum adds its terms in ascending k, as in tile.cuh.
#pragma once
#include "convolution.cuh"

#if SIMT_FAT

class FewRows {
 public:
  static constexpr int ROWS = 4;

  // The whole product of a block, as multiply in gemm.cuh; false, and nothing done, if this is not the way
  // for it.
  template <class T, class Left, class Output>
  static __device__ __forceinline__ bool multiply(const Region& region, Left& left, PatchColumns& right,
                                                  const Output& output) {
    if (region.rows > ROWS || !right.prepare(region.column, region.columns)) return false;
    constexpr int PITCH = (Staging::PIECES + GROUP) * simd::WIDTH;
    static_assert(T::LEFT + ROWS * PITCH + ROWS * T::COLUMN_PITCH <= PRODUCT_SCRATCH,
                  "the sums fit the scratch");
    float *leftTile = productScratch(), *pieceSums = leftTile + T::LEFT, *sums = pieceSums + ROWS * PITCH;
    const float* taps[T::DEPTH];
    for (int i = 0; i < region.rows; ++i) simd::clearRounded(pieceSums + i * PITCH, PITCH);
    for (int k = region.depthBegin; k < region.depthEnd;) {
      const int count = right.step(region.column, region.columns, k, min(T::DEPTH, region.depthEnd - k));
      left.template pack<false>(leftTile, T::ROW_PITCH, region.row, region.rows, k, count);
      right.stage(k, count);
      for (int i = 0; i < count; ++i) taps[i] = right.tap(k + i);
      accumulate<ROWS, T::ROW_PITCH, PITCH>(region.rows, leftTile, right.staging, taps, count, pieceSums);
      k += count;
    }
    for (int i = 0; i < region.rows; ++i)
      for (int p = 0; p < right.staging.pieceCount(); ++p)
        simd::store(sums + i * T::COLUMN_PITCH + right.staging.piecePixel(p),
                    simd::load(pieceSums + i * PITCH + p * simd::WIDTH));
    storeSums<T>(region, sums, output);
    return true;
  }

 private:
  static constexpr int GROUP = 8;  // the most pieces whose sums are in registers at once

  // Chooses the number of rows, and with it of pieces, that the registers hold together.
  template <int LIVE, int LEFT_PITCH, int PITCH>
  static __device__ __forceinline__ void accumulate(int rows, const float* left, const Staging& staging,
                                                    const float* const* taps, int count, float* sums) {
    if (rows == LIVE)
      accumulateRows<LIVE,
                     LIVE == 1   ? GROUP
                     : LIVE == 2 ? 6
                                 : 12 / LIVE,
                     LEFT_PITCH, PITCH>(left, staging, taps, count, sums);
    else if constexpr (LIVE > 1)
      accumulate<LIVE - 1, LEFT_PITCH, PITCH>(rows, left, staging, taps, count, sums);
  }

  template <int LIVE, int PIECES, int LEFT_PITCH, int PITCH>
  static __device__ __forceinline__ void accumulateRows(const float* left, const Staging& staging,
                                                        const float* const* taps, int count, float* sums) {
    for (int first = 0; first < staging.pieceCount(); first += PIECES) {
      simd::Register sum[LIVE][PIECES];
      float* target = sums + first * simd::WIDTH;
      long long offset[PIECES];
      SIMT_UNROLL
      for (int p = 0; p < PIECES; ++p) offset[p] = staging.pieceOffset(first + p);
      SIMT_UNROLL
      for (int i = 0; i < LIVE; ++i) SIMT_UNROLL
      for (int p = 0; p < PIECES; ++p) sum[i][p] = simd::load(target + i * PITCH + p * simd::WIDTH);
      for (int k = 0; k < count; ++k) {
        SIMT_UNROLL
        for (int p = 0; p < PIECES; ++p) {
          const simd::Register patch = simd::load(taps[k] + offset[p]);
          SIMT_UNROLL
          for (int i = 0; i < LIVE; ++i) sum[i][p] += left[k * LEFT_PITCH + i] * patch;
        }
      }
      SIMT_UNROLL
      for (int i = 0; i < LIVE; ++i) SIMT_UNROLL
      for (int p = 0; p < PIECES; ++p) simd::store(target + i * PITCH + p * simd::WIDTH, sum[i][p]);
    }
  }
};

#endif
