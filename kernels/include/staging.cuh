// staging.cuh: how the fat image packs patches. Instead of testing every tap of every pixel against the
// border, the image rows that a block touches are copied once into a padded scratch plane per channel, with
// the columns sorted by their remainder modulo the step. There every row of patches is a sequence of
// contiguous runs (one per output row), which rounded vector copies move without a single test. This makes
// packing cheap on small maps, where runs are 3 to 14 long.
#pragma once
#include "patches.cuh"

#if SIMT_FAT

class Staging {
 public:
  static constexpr int FLOATS = 24 * 1024;  // 96 KiB: beside the tiles in the second-level cache
  static constexpr int ROWS = 2048, RUNS = 512, STEPS = 4;

  struct Buffers {
    float plane[FLOATS + 2 * simd::WIDTH];
    int rowSource[ROWS];  // offset of the image row in channel 0, or -1 for a row of padding
    int runPixel[RUNS], runLength[RUNS], runOffset[RUNS];
  };

  __device__ __forceinline__ Staging(const Patches& patches, Buffers& buffers)
      : patches(patches), b(buffers) {
    const PatchGeometry& g = patches.g;
    lowRow = min(0, (g.tapRows - 1) * g.tap);
    lowColumn = min(0, (g.tapColumns - 1) * g.tap);
    phase = ((g.columns - 1) * g.step + g.tapColumns + g.step - 1) / g.step;
    pitch = g.step * phase;
    for (int m = 0; m < min(g.step, STEPS); ++m) bounds(m);
  }

  // Lays out the rows and runs of pixels [j0, j0 + count); false if they do not fit.
  __device__ __forceinline__ bool prepare(int j0, int count) {
    const PatchGeometry& g = patches.g;
    rows = runs = 0;
    if (g.step > STEPS) return false;
    int n = patches.byPlane.quotient(j0), pq = j0 - n * (int)patches.byPlane.value;
    int p = patches.byColumns.quotient(pq), q = pq - p * g.columns;
    for (int j = 0; j < count; ++n, p = 0) {
      const int first = rows, firstRow = p;
      for (; p < g.rows && j < count; ++p, q = 0) {
        if (runs == RUNS) return false;
        const int length = min(g.columns - q, count - j);
        b.runPixel[runs] = j;
        b.runLength[runs] = length;
        b.runOffset[runs++] = (first + (p - firstRow) * g.step) * pitch + q;
        j += length;
      }
      const int needed = (p - 1 - firstRow) * g.step + g.tapRows;
      if (rows + needed > ROWS) return false;
      for (int i = 0, y = firstRow * g.step + g.originRow + lowRow; i < needed; ++i, ++y)
        b.rowSource[rows++] =
            (unsigned)y < (unsigned)g.height ? (n * g.channels * g.height + y) * g.width : -1;
    }
    return rows * pitch <= FLOATS;
  }

  // How many channels fit at once after prepare.
  __device__ __forceinline__ int channels() const { return FLOATS / (rows * pitch); }

  // Copies the rows of channels [c0, c0 + count).
  __device__ __forceinline__ void stage(int c0, int count) {
    firstChannel = c0;
    const PatchGeometry& g = patches.g;
    float* target = b.plane;
    for (int c = c0; c < c0 + count; ++c) {
      const float* channel = patches.images + (long long)c * g.height * g.width;
      for (int i = 0; i < rows; ++i, target += pitch) {
        if (b.rowSource[i] < 0)
          simd::clear(target, pitch);
        else if (g.step == 1)
          stageRow<1>(target, channel + b.rowSource[i]);
        else if (g.step == 2)
          stageRow<2>(target, channel + b.rowSource[i]);
        else
          stageRow<0>(target, channel + b.rowSource[i]);
      }
    }
  }

  // target[j] = patch(k, j0 + j), written in whole vectors, so up to WIDTH - 1 floats past the end.
  __device__ __forceinline__ void packRow(float* target, int c, int r, int s) const {
    const PatchGeometry& g = patches.g;
    const int row = r * g.tap - lowRow, column = s * g.tap - lowColumn;
    const float* source =
        b.plane + ((c - firstChannel) * rows + row) * pitch + column % g.step * phase + column / g.step;
    for (int i = 0; i < runs; ++i)
      simd::copyRounded(target + b.runPixel[i], source + b.runOffset[i], b.runLength[i]);
  }

 private:
  // Columns of remainder m lie at [begin, end) of the phase; their source column is i * step + offset.
  __device__ __forceinline__ void bounds(int m) {
    const PatchGeometry& g = patches.g;
    offset[m] = m + g.originColumn + lowColumn;
    begin[m] = min(phase, max(0, (g.step - 1 - offset[m]) / g.step));
    end[m] = max(begin[m], min(phase, (g.width - offset[m] + g.step - 1) / g.step));
  }

  template <int STEP>
  __device__ __forceinline__ void stageRow(float* target, const float* source) const {
    const int step = STEP ? STEP : patches.g.step;
    for (int m = 0; m < step; ++m, target += phase) {
      for (int i = 0; i < begin[m]; ++i) target[i] = 0.0f;
      for (int i = begin[m]; i < end[m]; ++i) target[i] = source[i * step + offset[m]];
      for (int i = end[m]; i < phase; ++i) target[i] = 0.0f;
    }
  }

  const Patches patches;
  Buffers& b;
  int lowRow, lowColumn, phase, pitch, rows = 0, runs = 0, firstChannel = 0;
  int offset[STEPS], begin[STEPS], end[STEPS];
};

#else

struct Staging {
  struct Buffers {};
};

#endif
