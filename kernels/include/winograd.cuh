// winograd.cuh: the fat image's convolutions of 3 x 3 taps with step 1, by Winograd's F(2 x 2, 3 x 3): a tile
// of 2 x 2 results takes 16 multiplications a channel instead of 36,
//   Y = A^T [ sum_c (G g_c G^T) * (B^T d_c B) ] A,
// where d is the tile's 4 x 4 window of the image and g the filter. The 16 elements f of the brackets are
// matrix products of their own: sums[f][i][t] = sum_c U[f][i][c] V[f][c][t] over rows i and tiles t.
//
// V comes from the staged rows (staging.cuh): the windows are the patches of 4 x 4 taps with step 2. U is
// made for a register tile's rows at a time, so no transformed filter is kept in memory.
//
// Rounding: B and A hold only 0 and 1, G has halves, and sums have a ninth of the terms: against sums in
// double precision the error is 0.6 to 0.75 of the plain product's (NOTES.md).
//
// Each element adds its channels in ascending order; a value that is not finite reaches its window's tile.
//
// Source: Lavin, Gray, "Fast Algorithms for Convolutional Neural Networks", 2016.
#pragma once
#include "convolution.cuh"

#if SIMT_FAT

// Filters seen from their product's rows: g(i, c, r, s) = data[i * rowPitch + c * depthPitch + 3 r + s], or
// turned by 180 degrees.
struct SquareFilters {
  const float* __restrict__ data;
  long long rowPitch, depthPitch;
  bool turned;
};

class Winograd {
 public:
  // Whether this way is worth it: enough rows and channels to pay for the transforms, and tiles that are not
  // mostly outside of the result.
  static __device__ __forceinline__ bool suits(const PatchGeometry& g, int rows) {
    const int tiles = tileCount(g.rows) * tileCount(g.columns);
    return g.tapRows == 3 && g.tapColumns == 3 && g.step == 1 && g.channels >= LEAST && rows >= LEAST &&
           20 * tiles <= 7 * g.rows * g.columns;
  }

  // The block's part of the product of filters with patches: rows of the region, and the share of all tiles
  // that falls to the block; false if this is not the way for it.
  template <class Output>
  static __device__ __forceinline__ bool multiply(const Region& region, const SquareFilters& filters,
                                                  const Patches& patches, const Output& output) {
    if (!suits(patches.g, region.rows)) return false;
    Winograd product(filters, patches);
    const int strips = rounded(product.windows.pixels, STRIP) / STRIP,
              begin = blockShare(strips, blockIdx.x, gridDim.x) * STRIP,
              end = min(product.windows.pixels, blockShare(strips, blockIdx.x + 1, gridDim.x) * STRIP);
    for (int t = begin; t < end; t += product.tiles) {
      product.tiles = min(TILES, end - t);
      if (!product.staging.prepare(t, product.tiles)) return false;
      product.layPieces(t, patches.g, output);
      const int parts = (region.rows + product.mostRows() - 1) / product.mostRows(),
                part = (region.rows + parts - 1) / parts;
      for (int i = 0; i < region.rows; i += part) {
        product.rows = min(part, region.rows - i);
        product.sum(region.row + i);
        product.store(region.row + i, output);
      }
    }
    return true;
  }

 private:
  static constexpr int LEAST = 16, ELEMENTS = 16, TILES = 64, DEPTH = 64;
  static constexpr int THREAD_ROWS = simd::TILE_ROWS, STRIP = simd::TILE_COLUMNS;
  static constexpr int PITCH = TILES + 16, LINE = 2 * TILES + 16;  // of V, and of a row of results
  static constexpr int FILTERS = ELEMENTS * THREAD_ROWS * DEPTH,
                       ROOM = PRODUCT_SCRATCH - FILTERS - 2 * LINE - ELEMENTS * 16;  // for V and the sums
  typedef simd::Register Register;
  typedef simd::Lanes<8>::Aligned Eight;

  // Neighbours in a row of tiles: where their first pixel goes in plane 0, where it is in the line of
  // results.
  struct Piece {
    float* address;
    int line, count, secondRow;
  };

  explicit __device__ __forceinline__ Winograd(const SquareFilters& filters, const Patches& patches)
      : filters(filters),
        windows(patches.images, windowGeometry(patches.g), patches.pixels / (int)patches.byPlane.value),
        staging(windows),
        columns(patches.g.columns) {
    u = productScratch();
    lines = u + FILTERS;
    sums = lines + 2 * LINE;
  }

  static __device__ __forceinline__ int tileCount(int extent) { return (extent + 1) / 2; }
  static __device__ __forceinline__ int rounded(int n, int unit) { return (n + unit - 1) / unit * unit; }

  static __device__ __forceinline__ PatchGeometry windowGeometry(PatchGeometry g) {
    g.originRow += min(0, 2 * g.tap);
    g.originColumn += min(0, 2 * g.tap);
    g.rows = tileCount(g.rows);
    g.columns = tileCount(g.columns);
    g.tapRows = g.tapColumns = 4;
    g.step = 2;
    g.tap = 1;
    return g;
  }

  // From an element of V to the next: not a multiple of the first-level cache's ways.
  static __device__ __forceinline__ int elementPitch(int depth) { return depth * PITCH + 16; }

  // Rows whose sums leave room for LEAST channels of V.
  __device__ __forceinline__ int mostRows() const {
    return (ROOM - ELEMENTS * LEAST * PITCH) / (ELEMENTS * rounded(tiles, STRIP)) / THREAD_ROWS * THREAD_ROWS;
  }

  template <class Output>
  __device__ __forceinline__ void layPieces(int tile, const PatchGeometry& g, const Output& output) {
    pieces = 0;
    for (int t = 0; t < tiles;) {
      const int n = windows.byPlane.quotient(tile + t), pq = tile + t - n * (int)windows.byPlane.value,
                p = windows.byColumns.quotient(pq), q = pq - p * windows.g.columns,
                length = min(windows.g.columns - q, tiles - t);
      float* address = output.run(0, (n * g.rows + 2 * p) * g.columns + 2 * q).address;
      piece[pieces++] = {address, 2 * t, min(2 * length, g.columns - 2 * q), 2 * p + 1 < g.rows};
      t += length;
    }
  }

  // The sums of all elements, [strip of rows][element][strip of tiles], a register tile each.
  __device__ __forceinline__ float* sumsAt(int i, int f, int t) const {
    return sums + ((i / THREAD_ROWS * ELEMENTS + f) * (rounded(tiles, STRIP) / STRIP) + t / STRIP) *
                      (THREAD_ROWS * STRIP);
  }

  __device__ __forceinline__ void sum(int row) {
    float* v = sumsAt(rounded(rows, THREAD_ROWS), 0, 0);
    const int channels = windows.g.channels,
              most = min(min(DEPTH, staging.channels()), (int)(ROOM - (v - sums)) / (ELEMENTS * PITCH)),
              parts = (channels + most - 1) / most, part = (channels + parts - 1) / parts;
    for (int c = 0; c < channels; c += part) {
      const int depth = min(part, channels - c);
      staging.stage(c, depth);
      transformImages(v, c, depth);
      for (int i = 0; i < rows; i += THREAD_ROWS) {
        const int live = min(THREAD_ROWS, rows - i);
        for (int r = 0; r < live; ++r) transformFilters(u + r * DEPTH, row + i + r, c, depth);
        for (int f = 0; f < ELEMENTS; ++f)
          for (int t = 0; t < tiles; t += STRIP)
            accumulateRows<THREAD_ROWS, STRIP, STRIP, PITCH, DEPTH, 1>(
                live, sumsAt(i, f, t), u + f * THREAD_ROWS * DEPTH, v + f * elementPitch(depth) + t, depth,
                c == 0);
      }
    }
  }

  // v[f][c][t] = element f of B^T d B, d the window of tile t in channel c. Two rows of tiles that fill half
  // a register each are transformed together.
  __device__ __forceinline__ void transformImages(float* v, int c0, int depth) const {
    const float* first = staging.tap(c0, 0, 0);
    const long long rowPitch = staging.tap(c0, 1, 0) - first, phase = staging.tap(c0, 0, 1) - first;
    const bool halves = 2 * windows.g.columns == simd::WIDTH;
    for (int c = 0; c < depth; ++c, v += PITCH) {
      const float* channel = staging.tap(c0 + c, 0, 0);
      for (int i = 0; i < staging.pieceCount(); ++i) {
        float* target = v + staging.piecePixel(i);
        const float* window = channel + staging.pieceOffset(i);
        if (halves && i + 1 < staging.pieceCount()) {
          const long long second = channel + staging.pieceOffset(++i) - window;
          transformWindows(target, elementPitch(depth), window, rowPitch, phase,
                           [=](const float* address) { return simd::loadHalves(address, address + second); });
        } else {
          transformWindows(target, elementPitch(depth), window, rowPitch, phase,
                           [](const float* address) { return simd::load(address); });
        }
      }
    }
  }

  // The same for a register of windows, whose columns of even and odd number lie a phase apart.
  template <class Load>
  static __device__ __forceinline__ void transformWindows(float* v, int pitch, const float* window,
                                                          long long rowPitch, long long phase, Load load) {
    Register d[4][4];
    SIMT_UNROLL
    for (int s = 0; s < 4; ++s) {
      const float* column = window + s % 2 * phase + s / 2;
      const Register w[4] = {load(column), load(column + rowPitch), load(column + 2 * rowPitch),
                             load(column + 3 * rowPitch)};
      differences(w, d[0][s], d[1][s], d[2][s], d[3][s]);
    }
    SIMT_UNROLL
    for (int r = 0; r < 4; ++r) {
      Register e[4];
      differences(d[r], e[0], e[1], e[2], e[3]);
      SIMT_UNROLL
      for (int s = 0; s < 4; ++s) simd::store(v + (4 * r + s) * pitch, e[s]);
    }
  }

  // B^T x.
  static __device__ __forceinline__ void differences(const Register* x, Register& a, Register& b, Register& c,
                                                     Register& d) {
    a = x[0] - x[2];
    b = x[1] + x[2];
    c = x[2] - x[1];
    d = x[1] - x[3];
  }

  // u[f][c] = element f of G g G^T for a row's channels from c0 on, eight at a time.
  __device__ __forceinline__ void transformFilters(float* u, int row, int c0, int depth) const {
    for (int c = 0; c < depth; c += 8) {
      Eight g[9], d[4][3];
      loadFilters(g, filters.data + row * filters.rowPitch + (c0 + c) * filters.depthPitch,
                  min(8, depth - c));
      SIMT_UNROLL
      for (int s = 0; s < 3; ++s) means(g[s], g[3 + s], g[6 + s], d[0][s], d[1][s], d[2][s], d[3][s]);
      SIMT_UNROLL
      for (int r = 0; r < 4; ++r) {
        Eight e[4];
        means(d[r][0], d[r][1], d[r][2], e[0], e[1], e[2], e[3]);
        SIMT_UNROLL
        for (int s = 0; s < 4; ++s) simd::store<8>(u + (4 * r + s) * THREAD_ROWS * DEPTH + c, e[s]);
      }
    }
  }

  // G x.
  static __device__ __forceinline__ void means(Eight x, Eight y, Eight z, Eight& a, Eight& b, Eight& c,
                                               Eight& d) {
    const Eight even = 0.5f * (x + z), odd = 0.5f * y;
    a = x;
    b = even + odd;
    c = even - odd;
    d = z;
  }

  // Tap by tap the filters of up to 8 depths from source on, 0 beyond.
  __device__ __forceinline__ void loadFilters(Eight* g, const float* source, int count) const {
    const long long pitch = filters.depthPitch;
    alignas(32) float taps[9][8];
    if (count == 8) {
      simd::transposeSquare(taps[0], 8, source, pitch);
      simd::store<8>(taps[8], Eight{source[8], source[pitch + 8], source[2 * pitch + 8],
                                    source[3 * pitch + 8], source[4 * pitch + 8], source[5 * pitch + 8],
                                    source[6 * pitch + 8], source[7 * pitch + 8]});
    } else {
      for (int tap = 0; tap < 9; ++tap)
        for (int l = 0; l < 8; ++l) taps[tap][l] = l < count ? source[l * pitch + tap] : 0.0f;
    }
    SIMT_UNROLL
    for (int tap = 0; tap < 9; ++tap) g[tap] = simd::load<8>(taps[filters.turned ? 8 - tap : tap]);
  }

  // A^T sums A, row by row of the product, to where the output wants it.
  template <class Output>
  __device__ __forceinline__ void store(int row, const Output& output) const {
    for (int i = 0; i < rows; ++i) {
      reduceRow(sumsAt(i, 0, 0) + i % THREAD_ROWS * STRIP);
      for (int x = 0; x < 2 * LINE; ++x) lines[x] = output.finish(row + i, lines[x]);
      for (int k = 0; k < pieces; ++k)
        for (int r = 0; r <= piece[k].secondRow; ++r)
          storePiece(piece[k].address + (row + i) * output.rowPitch() + r * columns,
                     lines + r * LINE + piece[k].line, piece[k].count, output);
    }
  }

  template <class Output>
  static __device__ __forceinline__ void storePiece(float* place, const float* source, int count,
                                                    const Output& output) {
    if constexpr (Output::COMPLETES)
      output.store(place, source, count);
    else
      simd::copy(place, source, count);
  }

  // The two lines of results of a row of the product.
  __device__ __forceinline__ void reduceRow(const float* source) const {
    const int elementPitch = rounded(tiles, STRIP) * THREAD_ROWS;
    for (int t = 0; t < tiles; t += simd::WIDTH) {
      const float* strip = source + t / STRIP * (THREAD_ROWS * STRIP) + t % STRIP;
      Register m[4][4], top[4], bottom[4];
      SIMT_UNROLL
      for (int f = 0; f < ELEMENTS; ++f) m[f / 4][f % 4] = simd::load(strip + f * elementPitch);
      SIMT_UNROLL
      for (int s = 0; s < 4; ++s) reduce(m[0][s], m[1][s], m[2][s], m[3][s], top[s], bottom[s]);
      storeLine(lines + 2 * t, top);
      storeLine(lines + LINE + 2 * t, bottom);
    }
  }

  // A^T x.
  static __device__ __forceinline__ void reduce(Register x, Register y, Register z, Register w, Register& a,
                                                Register& b) {
    a = x + y + z;
    b = y - z - w;
  }

  // The two results of each tile in a line, next to each other.
  static __device__ __forceinline__ void storeLine(float* line, const Register* m) {
    Register even, odd;
    reduce(m[0], m[1], m[2], m[3], even, odd);
    simd::storePairs(line, even, odd);
  }

  const SquareFilters filters;
  const Patches windows;
  Staging staging;
  float *u, *lines, *sums;
  Piece piece[TILES];
  int pieces = 0, tiles = TILES, rows = 0, columns;  // of the work at hand; of a row of the result
};

#endif
