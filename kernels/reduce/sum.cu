// Sums over the middle axis of in[outer, reduce, inner], cut into chunks of that axis:
//   out[o, c, i] = scale * sum in[o, r, i] over r in [c chunk, min(reduce, (c + 1) chunk)),
//   c < ceil(reduce / chunk)
// chunk = reduce is the whole sum; with smaller chunks a second launch adds the partial sums. Every order is
// fixed by the sizes alone. 4 bytes per element of in.
//   sum_rows     inner = 1: a block per (o, c), x extent outer * chunks
//   sum_columns  a thread per (o, c, i), neighbours read neighbours; x extent outer * chunks, y extent inner
#include "reduce.cuh"

namespace sum {

constexpr int THREADS = SIMT_FAT ? 1 : 256, COLUMNS = 64, COLUMN_THREADS = SIMT_FAT ? 1 : 64;

}  // namespace sum

extern "C" __global__ void sum_rows(float* out, const float* in, long long reduce, long long chunk,
                                    float scale) {
  const long long chunks = (reduce + chunk - 1) / chunk, o = blockIdx.x / chunks,
                  begin = blockIdx.x % chunks * chunk;
  const long long length = begin + chunk < reduce ? chunk : reduce - begin;
  const float* row = in + o * reduce + begin;
  const float total = reduce::sum<sum::THREADS>(length, [=](long long r) { return row[r]; });
  if (threadIdx.x == 0) out[blockIdx.x] = scale * total;
}
SIMT_KERNEL(sum_rows, sum::THREADS, 1, 1, 1)

extern "C" __global__ void sum_columns(float* out, const float* in, long long reduce, int inner,
                                       long long chunk, float scale) {
  const long long chunks = (reduce + chunk - 1) / chunk, o = blockIdx.x / chunks,
                  begin = blockIdx.x % chunks * chunk;
  const long long end = begin + chunk < reduce ? begin + chunk : reduce;
  const int first = (int)blockIdx.y * sum::COLUMNS, left = inner - first,
            width = left < sum::COLUMNS ? left : sum::COLUMNS;
  const float* column = in + o * reduce * inner + first;
  float total[SIMT_FAT ? sum::COLUMNS : 1] = {};
  for (long long r = begin; r < end; ++r) {
    const float* row = column + r * inner;
    SIMT_TILE_LOOP(i, 0, width) total[SIMT_FAT ? i : 0] += row[i];
  }
  SIMT_TILE_LOOP(i, 0, width)
  out[(long long)blockIdx.x * inner + first + i] = scale * total[SIMT_FAT ? i : 0];
}
SIMT_KERNEL(sum_columns, sum::COLUMN_THREADS, 1, sum::COLUMNS, 1)
