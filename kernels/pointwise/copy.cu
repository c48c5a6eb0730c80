// copy_strided: out[offset_out + sum i_k so_k] = in[offset_in + sum i_k si_k] for i in [d0,d1,d2,d3].
// One kernel for expand (si = 0), slice, embed, concatenation and transposition. 8 bytes per element. out and
// in do not overlap.
#include "strided.cuh"

extern "C" __global__ void copy_strided(float* out, const float* in, int d0, int d1, int d2, int d3,
                                        long long so0, long long so1, long long so2, long long so3,
                                        long long offset_out, long long si0, long long si1, long long si2,
                                        long long si3, long long offset_in) {
  strided::for_each({d0, d1, d2, d3}, {so0, so1, so2, so3}, {si0, si1, si2, si3},
                    [=](long long, long long o, long long i) { out[offset_out + o] = in[offset_in + i]; });
}
ELEMENTWISE_KERNEL(copy_strided)
