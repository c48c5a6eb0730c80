// Warp operations and barriers whose results the tests compute for themselves. One block; thread t writes
// output[t].
#include "simt.cuh"

#define KERNEL(name) extern "C" __global__ void name(int* output, int argument)

KERNEL(shuffle_index) { output[threadIdx.x] = __shfl_sync(0xffffffffu, (int)threadIdx.x * 3, argument); }
SIMT_KERNEL(shuffle_index, 64, 1, 1, 1)

KERNEL(shuffle_up) { output[threadIdx.x] = __shfl_up_sync(0xffffffffu, (int)threadIdx.x, argument, 8); }
SIMT_KERNEL(shuffle_up, 64, 1, 1, 1)

KERNEL(shuffle_down) { output[threadIdx.x] = __shfl_down_sync(0xffffffffu, (int)threadIdx.x, argument, 8); }
SIMT_KERNEL(shuffle_down, 64, 1, 1, 1)

KERNEL(shuffle_xor) { output[threadIdx.x] = __shfl_xor_sync(0xffffffffu, (int)threadIdx.x, argument, 16); }
SIMT_KERNEL(shuffle_xor, 64, 1, 1, 1)

// The halves of each warp vote apart, in different operations at the same time.
KERNEL(half_votes) {
  const int t = threadIdx.x;
  if (t % 32 < 16)
    output[t] = (int)__ballot_sync(0x0000ffffu, t % argument == 0);
  else
    output[t] = 10 * __any_sync(0xffff0000u, t % 32 == 31) + __all_sync(0xffff0000u, t < argument * 1000);
}
SIMT_KERNEL(half_votes, 64, 1, 1, 1)

KERNEL(shuffle_double) {
  const double value = threadIdx.x + 0.25;
  output[threadIdx.x] = (int)(4 * __shfl_xor_sync(0xffffffffu, value, argument));
}
SIMT_KERNEL(shuffle_double, 64, 1, 1, 1)

// Odd lanes exit; the others go on among themselves.
KERNEL(vote_after_exit) {
  const int t = threadIdx.x;
  output[t] = -1;
  if (t & 1) return;
  output[t] = __popc(__ballot_sync(0x55555555u, t >= argument));
}
SIMT_KERNEL(vote_after_exit, 64, 1, 1, 1)

// A block with an incomplete last warp, three dimensions, and one barrier a round.
KERNEL(barrier_rounds) {
  SIMT_SHARED(int, value, [2][240]);
  const int t = threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z);
  const int threads = blockDim.x * blockDim.y * blockDim.z;
  value[0][t] = t;
  for (int round = 0; round < argument; ++round) {
    __syncthreads();
    value[(round + 1) & 1][t] = value[round & 1][(t + 1) % threads];
  }
  output[t] = value[argument & 1][t];
}
SIMT_KERNEL(barrier_rounds, 240, 1, 1, 1)

// Half of a warp waits for lanes that wait at the barrier.
KERNEL(deadlock) {
  if (threadIdx.x < 16)
    __syncwarp();
  else
    __syncthreads();
  output[threadIdx.x] = argument;
}
SIMT_KERNEL(deadlock, 64, 1, 1, 1)

KERNEL(access) { output[argument + (int)threadIdx.x] = 1; }
SIMT_KERNEL(access, 32, 1, 1, 1)

KERNEL(load) { output[threadIdx.x] = output[argument]; }
SIMT_KERNEL(load, 1, 1, 1, 1)

KERNEL(mask_without_caller) { output[threadIdx.x] = __shfl_sync(0xfffffffeu, argument, 1); }
SIMT_KERNEL(mask_without_caller, 32, 1, 1, 1)

KERNEL(masks_differ) {
  const unsigned int mask = threadIdx.x == 5 ? 0x7fffffffu : 0xffffffffu;
  output[threadIdx.x] = (int)__ballot_sync(mask, argument);
}
SIMT_KERNEL(masks_differ, 32, 1, 1, 1)

KERNEL(shuffle_outside_mask) {
  if (threadIdx.x < 16) output[threadIdx.x] = __shfl_sync(0x0000ffffu, argument, 20);
}
SIMT_KERNEL(shuffle_outside_mask, 32, 1, 1, 1)

// Needs 256 KiB of stack.
KERNEL(deep_stack) {
  volatile int frame[65536];
  for (int i = 0; i < 65536; ++i) frame[i] = i;
  output[threadIdx.x] = frame[argument];
}
SIMT_KERNEL(deep_stack, 32, 1, 1, 1)

// Adds the numbers of all blocks, to see that each block runs exactly once.
KERNEL(count_blocks) { atomicAdd(&output[blockIdx.x % (unsigned)argument], (int)blockIdx.y + 1); }
SIMT_KERNEL(count_blocks, 1, 1, 1, 1)
