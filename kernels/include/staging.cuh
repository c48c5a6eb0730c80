// staging.cuh: how the fat image packs patches. Instead of testing every tap of every pixel against the
// border, the image rows that a block touches are copied once into a padded scratch plane per channel, with
// the columns sorted by their remainder modulo the step. There the pixels of one output row are contiguous
// for every tap, and whole vectors move them without a single test. This makes packing cheap on small maps
// too, where a row has 3 to 14 pixels.
#pragma once
#include "patches.cuh"

#if SIMT_FAT

class Staging {
 public:
  static constexpr int FLOATS = 24 * 1024;  // 96 KiB: beside the tiles in the second-level cache
  static constexpr int ROWS = 2048, PIECES = 256, SPARE = 8, STEPS = 4, PHASE = 512;

  explicit __device__ __forceinline__ Staging(const Patches& patches)
      : patches(patches), byStep(patches.g.step), b(buffers()) {
    const PatchGeometry& g = patches.g;
    lowRow = min(0, (g.tapRows - 1) * g.tap);
    lowColumn = min(0, (g.tapColumns - 1) * g.tap);
    phase = ((g.columns - 1) * g.step + g.tapColumns + g.step - 1) / g.step;
    pitch = g.step * phase;
    fits = g.step <= STEPS && phase <= PHASE;
    for (int m = 0; fits && m < g.step; ++m) layPhase(m);
  }

  // Lays out the rows and pieces of pixels [j0, j0 + count); false if they do not fit.
  __device__ __forceinline__ bool prepare(int j0, int count) {
    const PatchGeometry& g = patches.g;
    rows = pieces = 0;
    if (!fits || count > PIECES) return false;
    int n = patches.byPlane.quotient(j0), pq = j0 - n * (int)patches.byPlane.value;
    int p = patches.byColumns.quotient(pq), q = pq - p * g.columns;
    for (int j = 0; j < count; ++n, p = 0) {
      const int first = rows, firstRow = p;
      for (; p < g.rows && j < count; ++p, q = 0) {
        const int length = min(g.columns - q, count - j),
                  offset = (first + (p - firstRow) * g.step) * pitch + q;
        for (int i = 0; i < length; i += simd::WIDTH) b.pieces[pieces++] = {j + i, offset + i};
        j += length;
      }
      const int needed = (p - 1 - firstRow) * g.step + g.tapRows;
      if (rows + needed > ROWS) return false;
      for (int i = 0, y = firstRow * g.step + g.originRow + lowRow; i < needed; ++i, ++y)
        b.rowSource[rows++] =
            (unsigned)y < (unsigned)g.height ? (n * g.channels * g.height + y) * g.width : -1;
    }
    for (int i = 0; i < SPARE; ++i) b.pieces[pieces + i] = {0, 0};
    return rows * pitch <= FLOATS;
  }

  // How many channels fit at once after prepare.
  __device__ __forceinline__ int channels() const { return FLOATS / (rows * pitch); }

  // Copies the rows of channels [c0, c0 + count).
  __device__ __forceinline__ void stage(int c0, int count) {
    firstChannel = c0;
    if (patches.g.step == 1)
      stageRows(c0, count, [](const float* source) { return simd::load<8>(source); });
    else if (patches.g.step == 2)
      stageRows(c0, count, [](const float* source) { return simd::loadSecond(source); });
    else
      stageRows(c0, count, [step = patches.g.step](const float* source) {
        simd::Lanes<8>::Aligned lanes;
        for (int i = 0; i < 8; ++i) lanes[i] = source[i * step];
        return lanes;
      });
  }

  // patch(k, j) of the pixels of a piece, from its offset on.
  __device__ __forceinline__ const float* tap(int c, int r, int s) const {
    const PatchGeometry& g = patches.g;
    const int row = r * g.tap - lowRow, column = s * g.tap - lowColumn;
    const int i = byStep.quotient(column), remainder = column - i * g.step;
    return b.plane + ((c - firstChannel) * rows + row) * pitch + remainder * phase + i;
  }

  // Of the pieces, which are at most WIDTH pixels of one row each; those past the last have an offset, too.
  __device__ __forceinline__ int pieceCount() const { return pieces; }
  __device__ __forceinline__ int piecePixel(int i) const { return b.pieces[i].pixel; }
  __device__ __forceinline__ int pieceOffset(int i) const { return b.pieces[i].offset; }

  // target[t * pitch + j] = patch(k + t, j0 + j) for `count` taps, which tap(t) finds; written in whole
  // vectors, so up to WIDTH - 1 floats past the end of a row. Four rows at a time, because finding a piece
  // costs more than moving it.
  template <class Tap>
  __device__ __forceinline__ void pack(float* target, int pitch, int count, Tap tap) const {
    int t = 0;
    for (; t + 4 <= count; t += 4)
      packRows<4>(target + t * pitch, pitch, {tap(t), tap(t + 1), tap(t + 2), tap(t + 3)});
    for (; t < count; ++t) packRows<1>(target + t * pitch, pitch, {tap(t)});
  }

 private:
  struct Piece {
    int pixel, offset;
  };

  struct Buffers {
    float plane[FLOATS + 16 + simd::WIDTH];
    int rowSource[ROWS];  // offset of the image row in channel 0, or -1 for a row of padding
    int mask[STEPS][PHASE + 8];
    Piece pieces[PIECES + SPARE];
  };

  // One place for all kernels of the image: a checked run poisons all shared memory before each block.
  static __device__ Buffers& buffers() {
    SIMT_SHARED(Buffers, staging, [1]);
    return staging[0];
  }

  template <int ROWS_AT_ONCE>
  struct TapRows {
    const float* row[ROWS_AT_ONCE];
  };

  template <int ROWS_AT_ONCE>
  __device__ __forceinline__ void packRows(float* __restrict__ target, int targetPitch,
                                           TapRows<ROWS_AT_ONCE> taps) const {
    const Piece* __restrict__ piece = b.pieces;
    for (const Piece* end = piece + pieces; piece < end; ++piece) {
      const long long pixel = piece->pixel, offset = piece->offset;
      SIMT_UNROLL
      for (int t = 0; t < ROWS_AT_ONCE; ++t)
        simd::store(target + t * targetPitch + pixel, simd::load(taps.row[t] + offset));
    }
  }

  // Columns of remainder m lie in phase m; column i of it is column i * step + offset of the image, kept by
  // the mask where that is inside.
  __device__ __forceinline__ void layPhase(int m) {
    const PatchGeometry& g = patches.g;
    const int offset = m + g.originColumn + lowColumn;
    for (int i = 0; i < phase + 8; ++i) {
      const int x = i * g.step + offset;
      b.mask[m][i] = i < phase && (unsigned)x < (unsigned)g.width ? -1 : 0;
    }
  }

  // Rows are written in whole vectors, each over the end of the one before, and read in whole vectors, except
  // where that would leave the images' memory. loadLanes returns 8 columns of one phase.
  template <class LoadLanes>
  __device__ __forceinline__ void stageRows(int c0, int count, LoadLanes loadLanes) {
    const PatchGeometry& g = patches.g;
    const int offset = g.originColumn + lowColumn, reach = (phase + 8) * g.step + 16;
    const float *first = patches.images - min(0, offset), *last = patches.end() - max(0, offset) - reach;
    float* target = b.plane;
    for (int c = c0; c < c0 + count; ++c) {
      const float* channel = patches.images + (long long)c * g.height * g.width;
      for (int i = 0; i < rows; ++i, target += pitch) {
        const float* source = channel + b.rowSource[i];
        if (b.rowSource[i] < 0)
          simd::clearRounded(target, pitch);
        else if (source >= first && source <= last)
          stageRow(target, source + offset, loadLanes);
        else
          stageEdgeRow(target, source + offset);
      }
    }
  }

  template <class LoadLanes>
  __device__ __forceinline__ void stageRow(float* target, const float* source, LoadLanes loadLanes) const {
    for (int m = 0; m < patches.g.step; ++m, target += phase)
      for (int i = 0; i < phase; i += 8)
        simd::store<8>(target + i, simd::keep(loadLanes(source + m + i * patches.g.step), b.mask[m] + i));
  }

  __device__ __forceinline__ void stageEdgeRow(float* target, const float* source) const {
    for (int m = 0; m < patches.g.step; ++m, target += phase)
      for (int i = 0; i < phase; ++i) target[i] = b.mask[m][i] ? source[m + i * patches.g.step] : 0.0f;
  }

  const Patches patches;
  const Divisor byStep;
  Buffers& b;
  int lowRow, lowColumn, phase, pitch, rows = 0, pieces = 0, firstChannel = 0;
  bool fits;
};

#endif
