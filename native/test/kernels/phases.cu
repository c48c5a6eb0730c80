// output[b * 96 + t] = input of the thread that mirrors t, three times over, written in phases.
#include "simt.cuh"

namespace mirror {
constexpr int THREADS = 96;
}

extern "C" __global__ void mirror_phases(float* output, const float* input, int rounds) {
  SIMT_SHARED(float, row, [mirror::THREADS]);
  SIMT_PRIVATE(float, kept, mirror::THREADS, [1]);
  const long long base = (long long)blockIdx.x * mirror::THREADS;
  SIMT_PHASE(t, mirror::THREADS) SIMT_PRIV(kept, t)[0] = input[base + t];
  SIMT_NOSYNC
  for (int round = 0; round < rounds; ++round) {
    SIMT_PHASE(t, mirror::THREADS) row[t] = SIMT_PRIV(kept, t)[0];
    SIMT_SYNC
    SIMT_PHASE(t, mirror::THREADS) SIMT_PRIV(kept, t)[0] = row[mirror::THREADS - 1 - t];
    SIMT_SYNC
  }
  SIMT_PHASE(t, mirror::THREADS) output[base + t] = SIMT_PRIV(kept, t)[0];
  SIMT_NOSYNC
}
SIMT_KERNEL_PHASES(mirror_phases, mirror::THREADS, 1, 1, 1)
