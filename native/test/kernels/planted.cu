// Kernels with one planted bug each (bug_*), and correct ones that use the same constructs (good_*). Every
// kernel takes 128 floats and writes 128 floats with blocks of 128 threads.
#include "simt.cuh"

#define N 128
#define KERNEL(name) extern "C" __global__ void name(const float* x, float* y)

KERNEL(good_reverse) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  s[t] = x[t];
  __syncthreads();
  y[t] = s[N - 1 - t];
}
SIMT_KERNEL(good_reverse, N, 1, 1, 1)

KERNEL(good_shuffles) {
  const int t = threadIdx.x;
  float v = x[t];
  for (int d = 16; d > 0; d >>= 1) v += __shfl_xor_sync(0xffffffffu, v, d);
  if ((t & 31) < 16) v += __shfl_down_sync(0x0000ffffu, v, 1, 16);
  y[t] = v + __popc(__ballot_sync(0xffffffffu, x[t] > 0));
}
SIMT_KERNEL(good_shuffles, N, 1, 1, 1)

KERNEL(good_atomic) {
  SIMT_SHARED(int, count, [1]);
  if (threadIdx.x == 0) count[0] = 0;
  __syncthreads();
  if (x[threadIdx.x] > 0) atomicAdd(&count[0], 1);
  __syncthreads();
  y[threadIdx.x] = (float)count[0];
}
SIMT_KERNEL(good_atomic, N, 1, 1, 1)

KERNEL(good_loop) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  float a = x[t];
  for (int i = 0; i < 8; ++i) {
    s[t] = a;
    __syncthreads();
    a = a * 0.5f + s[(t + 17) % N];
    __syncthreads();
  }
  y[t] = a;
}
SIMT_KERNEL(good_loop, N, 1, 1, 1)

KERNEL(good_early_exit) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  s[t] = x[t];
  __syncthreads();
  if (t >= 64) {
    y[t] = 0;
    return;
  }
  y[t] = s[t + 64];
}
SIMT_KERNEL(good_early_exit, N, 1, 1, 1)

KERNEL(bug_missing_barrier_forward) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  s[t] = x[t];
  y[t] = s[(t + 1) % N];
}
SIMT_KERNEL(bug_missing_barrier_forward, N, 1, 1, 1)

KERNEL(bug_missing_barrier_backward) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  s[t] = x[t];
  y[t] = t ? s[t - 1] : 0.0f;
}
SIMT_KERNEL(bug_missing_barrier_backward, N, 1, 1, 1)

KERNEL(bug_missing_second_barrier) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  float a = x[t];
  for (int i = 0; i < 8; ++i) {
    s[t] = a;
    __syncthreads();
    a = a * 0.5f + s[(t + 17) % N];
  }
  y[t] = a;
}
SIMT_KERNEL(bug_missing_second_barrier, N, 1, 1, 1)

KERNEL(bug_missing_barrier_equal_values) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  s[t] = 1.0f;
  y[t] = s[(t + 1) % N] == 1.0f ? 1.0f : 1.0f + 0.0f * x[t];
}
SIMT_KERNEL(bug_missing_barrier_equal_values, N, 1, 1, 1)

KERNEL(bug_shared_index) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  s[t + 1] = x[t];
  __syncthreads();
  y[t] = s[t + 1];
}
SIMT_KERNEL(bug_shared_index, N, 1, 1, 1)

KERNEL(bug_shared_row) {
  SIMT_SHARED(float, s, [4][32]);
  const int t = threadIdx.x, row = t / 32, column = t % 32;
  s[row][column] = x[t];
  __syncthreads();
  volatile int next = column + 1;
  y[t] = row < 3 ? s[row][next] : 0.0f;
}
SIMT_KERNEL(bug_shared_row, N, 1, 1, 1)

KERNEL(bug_shared_pointer) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  volatile int offset = 3;
  float* p = &s[0] + offset;
  p[t] = x[t];
  __syncthreads();
  y[t] = p[t];
}
SIMT_KERNEL(bug_shared_pointer, N, 1, 1, 1)

KERNEL(bug_global_index) {
  const int t = threadIdx.x;
  y[t + 1] = x[t];
}
SIMT_KERNEL(bug_global_index, N, 1, 1, 1)

KERNEL(bug_divergent_barrier_exit) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  s[t] = x[t];
  if (t < 100) __syncthreads();
  y[t] = s[t];
}
SIMT_KERNEL(bug_divergent_barrier_exit, N, 1, 1, 1)

KERNEL(bug_divergent_barrier_sites) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  s[t] = x[t];
  if (t & 1) {
    __syncthreads();
    y[t] = s[t ^ 1];
  } else {
    __syncthreads();
    y[t] = s[t];
  }
}
SIMT_KERNEL(bug_divergent_barrier_sites, N, 1, 1, 1)

KERNEL(bug_unwritten_shared) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  if (t < 100) s[t] = x[t];
  __syncthreads();
  y[t] = s[t];
}
SIMT_KERNEL(bug_unwritten_shared, N, 1, 1, 1)

KERNEL(bug_global_race) {
  const int t = threadIdx.x;
  y[0] = y[0] * 0.5f + x[t];
}
SIMT_KERNEL(bug_global_race, N, 1, 1, 1)

KERNEL(bug_shuffle_missing_lanes) {
  const int t = threadIdx.x;
  float v = x[t];
  if ((t & 31) < 16) v += __shfl_down_sync(0xffffffffu, v, 4);
  y[t] = v;
}
SIMT_KERNEL(bug_shuffle_missing_lanes, N, 1, 1, 1)

KERNEL(bug_shared_counter) {
  SIMT_SHARED(float, c, [1]);
  if (threadIdx.x == 0) c[0] = 0;
  __syncthreads();
  c[0] = c[0] * 0.75f + x[threadIdx.x];
  __syncthreads();
  y[threadIdx.x] = c[0];
}
SIMT_KERNEL(bug_shared_counter, N, 1, 1, 1)

KERNEL(bug_warp_synchronous) {
  SIMT_SHARED(float, s, [N]);
  const int t = threadIdx.x;
  s[t] = x[t];
  __syncthreads();
  if (t < 32) {
    volatile float* q = s;
    q[t] = q[t] + q[t + 64];
    q[t] = q[t] + q[t + 32];
    if (t < 16) q[t] = q[t] + q[t + 16];
    if (t < 8) q[t] = q[t] + q[t + 8];
  }
  __syncthreads();
  y[t] = s[t & 7];
}
SIMT_KERNEL(bug_warp_synchronous, N, 1, 1, 1)

KERNEL(bug_block_race) {
  const int i = blockIdx.x * 32 + threadIdx.x;
  if (threadIdx.x < 64) y[i % N] = x[threadIdx.x] * (1.0f + blockIdx.x);
}
SIMT_KERNEL(bug_block_race, N, 1, 1, 1)
