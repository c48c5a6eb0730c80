// The matrix instructions with registers that the tests choose, and accesses to shared memory whose bank
// conflicts the tests know. One warp.
#include "async_copy.cuh"
#include "mma.cuh"

#if !SIMT_FAT

#define MMA_KERNEL(name, instruction)                                               \
  extern "C" __global__ void name(float* d, const uint32_t* a, const uint32_t* b) { \
    const int t = threadIdx.x;                                                      \
    const uint32_t left[4] = {a[4 * t], a[4 * t + 1], a[4 * t + 2], a[4 * t + 3]};  \
    const uint32_t right[2] = {b[2 * t], b[2 * t + 1]};                             \
    float sums[4] = {d[4 * t], d[4 * t + 1], d[4 * t + 2], d[4 * t + 3]};           \
    instruction(sums, left, right);                                                 \
    for (int i = 0; i < 4; ++i) d[4 * t + i] = sums[i];                             \
  }                                                                                 \
  SIMT_KERNEL(name, 32, 1, 1, 1)

MMA_KERNEL(mma_bfloat16, mma::addBfloat16)
MMA_KERNEL(mma_tf32, mma::addTf32)

// Lane l names row (7 l) % 32 of 32 rows of 16 bytes.
extern "C" __global__ void load_matrices(uint32_t* words, const uint32_t* rows) {
  SIMT_SHARED(uint32_t, tile, [128]);
  const int t = threadIdx.x;
  for (int i = 0; i < 4; ++i) tile[4 * t + i] = rows[4 * t + i];
  __syncwarp();
  uint32_t loaded[4];
  mma::loadMatrices(loaded, tile + 7 * t % 32 * 4);
  for (int i = 0; i < 4; ++i) words[4 * t + i] = loaded[i];
}
SIMT_KERNEL(load_matrices, 32, 1, 1, 1)

// Odd lanes copy nothing, which means 0; without `waits` nothing has come yet.
extern "C" __global__ void copy_asynchronously(float* output, const float* input, int waits) {
  SIMT_SHARED(float, tile, [32]);
  const int t = threadIdx.x;
  AsyncCopies<1> copies;
  tile[t] = -1;
  copies.copy(tile + t, t % 2 ? nullptr : input + t, input);
  if (waits) copies.wait();
  __syncwarp();
  output[t] = tile[t];
}
SIMT_KERNEL(copy_asynchronously, 32, 1, 1, 1)

// Lane l accesses `bytes` at byte pitch * l.
extern "C" __global__ void access_with_pitch(float* output, int pitch, int bytes) {
  SIMT_SHARED(float, tile, [2048]);
  const char* address = reinterpret_cast<const char*>(tile) + (int)threadIdx.x * pitch;
  sharedAccess(address, bytes);
  output[threadIdx.x] = 1;
}
SIMT_KERNEL(access_with_pitch, 32, 1, 1, 1)

#endif
