// Hopper's asynchronous copies and products by themselves, and a small pipeline of both that is right
// (bug 0) or has one bug planted.
#include "hopper_copy.cuh"
#include "hopper_product.cuh"

#if SIMT_HOPPER
namespace hopper_test {
constexpr int TILE_BYTES = 64 * 128, SLOT_BYTES = 2 * TILE_BYTES, SLOTS = 2;
constexpr int SHARED_BYTES = SLOTS * SLOT_BYTES + 64;

enum Bug {
  NONE,
  NO_WAIT_FOR_COPIES,
  WRONG_PARITY,
  NO_WAIT_FOR_PRODUCTS,
  NO_FENCE_BEFORE_PRODUCTS,
  NO_WAIT_FOR_FREE_SLOT,
  NO_FENCE_OF_BARRIERS,
  TOO_MANY_BYTES,
  SLOT_FREED_TOO_EARLY,
  NO_FENCE_FOR_UNITS
};

struct Barriers {
  hopper::Barrier full[SLOTS], empty[SLOTS];
};

__device__ __forceinline__ void prepareBarriers(Barriers* barriers, int bug) {
  if (threadIdx.x == 0) {
    for (int slot = 0; slot < SLOTS; ++slot) {
      hopper::prepare(&barriers->full[slot], 1);
      hopper::prepare(&barriers->empty[slot], 128);
    }
    if (bug != NO_FENCE_OF_BARRIERS) hopper::fenceBarriers();
  }
  __syncthreads();
}

__device__ __forceinline__ void produce(unsigned char* memory, Barriers* barriers, const hopper::TensorMap& a,
                                        const hopper::TensorMap& b, int steps, int bug) {
  for (int step = 0; step < steps; ++step) {
    const int slot = step % SLOTS, round = step / SLOTS;
    if (bug != NO_WAIT_FOR_FREE_SLOT) hopper::wait(&barriers->empty[slot], (round & 1) ^ 1, "a free slot");
    hopper::Barrier* full = &barriers->full[slot];
    hopper::arriveExpecting(full, SLOT_BYTES + (bug == TOO_MANY_BYTES ? 16 : 0));
    unsigned char* target = memory + slot * SLOT_BYTES;
    hopper::copyBox(target, a, full, 64 * step, 0);
    hopper::copyBox(target + TILE_BYTES, b, full, 64 * step, 0);
  }
}

__device__ __forceinline__ void consume(unsigned char* memory, Barriers* barriers, float (&sums)[32],
                                        int steps, int bug) {
  for (int step = 0; step < steps; ++step) {
    const int slot = step % SLOTS, round = step / SLOTS;
    if (bug != NO_WAIT_FOR_COPIES)
      hopper::wait(&barriers->full[slot], (round & 1) ^ (bug == WRONG_PARITY), "a full slot");
    unsigned char* tile = memory + slot * SLOT_BYTES;
    if (bug != NO_FENCE_BEFORE_PRODUCTS) hopper::fenceProducts();
    const uint64_t left = hopper::depthInRows(tile), right = hopper::depthInRows(tile + TILE_BYTES);
    for (int k = 0; k < 4; ++k)
      hopper::product<false, false>(sums, hopper::advanced(left, k * hopper::DEPTH_IN_ROWS_STEP),
                                    hopper::advanced(right, k * hopper::DEPTH_IN_ROWS_STEP), step + k > 0);
    hopper::commitProducts();
    if (bug == SLOT_FREED_TOO_EARLY) hopper::arrive(&barriers->empty[slot]);
    if (bug != NO_WAIT_FOR_PRODUCTS) hopper::waitForProducts<0>();
    if (bug != SLOT_FREED_TOO_EARLY) hopper::arrive(&barriers->empty[slot]);
  }
}

template <int COUNT>
__device__ __forceinline__ void store(float* output, const float (&sums)[COUNT]) {
  const int lane = threadIdx.x % 32, row = threadIdx.x / 32 % 4 * 16 + lane / 4;
  for (int j = 0; j < COUNT / 4; ++j)
    for (int i = 0; i < 4; ++i)
      output[(row + i / 2 * 8) * 2 * COUNT + 8 * j + lane % 4 * 2 + i % 2] = sums[4 * j + i];
}
}  // namespace hopper_test

// output[64][64] = a[64][64 steps] b[64][64 steps]^T: a warpgroup multiplies, one thread of a further warp
// copies.
#define PIPELINE(name, bug)                                                                              \
  extern "C" __global__ void name(float* output, const __grid_constant__ hopper::TensorMap a,            \
                                  const __grid_constant__ hopper::TensorMap b, int steps) {              \
    SIMT_DYNAMIC_SHARED(memory);                                                                         \
    auto* barriers =                                                                                     \
        reinterpret_cast<hopper_test::Barriers*>(memory + hopper_test::SLOTS * hopper_test::SLOT_BYTES); \
    hopper_test::prepareBarriers(barriers, bug);                                                         \
    if (threadIdx.x >= 128) {                                                                            \
      if (threadIdx.x == 128) hopper_test::produce(memory, barriers, a, b, steps, bug);                  \
      return;                                                                                            \
    }                                                                                                    \
    float sums[32] = {};                                                                                 \
    hopper_test::consume(memory, barriers, sums, steps, bug);                                            \
    hopper_test::store(output, sums);                                                                    \
  }                                                                                                      \
  SIMT_KERNEL_SHARED(name, 160, 1, 1, 1, hopper_test::SHARED_BYTES)

PIPELINE(hopper_good, hopper_test::NONE)
PIPELINE(hopper_bug_no_wait_for_copies, hopper_test::NO_WAIT_FOR_COPIES)
PIPELINE(hopper_bug_wrong_parity, hopper_test::WRONG_PARITY)
PIPELINE(hopper_bug_no_wait_for_products, hopper_test::NO_WAIT_FOR_PRODUCTS)
PIPELINE(hopper_bug_no_fence_before_products, hopper_test::NO_FENCE_BEFORE_PRODUCTS)
PIPELINE(hopper_bug_no_wait_for_free_slot, hopper_test::NO_WAIT_FOR_FREE_SLOT)
PIPELINE(hopper_bug_no_fence_of_barriers, hopper_test::NO_FENCE_OF_BARRIERS)
PIPELINE(hopper_bug_too_many_bytes, hopper_test::TOO_MANY_BYTES)
PIPELINE(hopper_bug_slot_freed_too_early, hopper_test::SLOT_FREED_TOO_EARLY)

namespace hopper_test {
// Both matrices are written by ordinary stores, swizzled, from words of two bfloat16: `rows` rows of 128
// bytes.
__device__ __forceinline__ void write(unsigned char* tile, const unsigned* words, int rows) {
  for (int i = threadIdx.x; i < rows * 32; i += blockDim.x) {
    const int row = i / 32, word = i % 32;
    *reinterpret_cast<unsigned*>(tile + row * 128 + ((word / 4 ^ row % 8) * 16) + word % 4 * 4) = words[i];
  }
}

// One product of a depth of 64: a and b in rows of 128 bytes, as depth in rows or depth over rows.
template <int COLUMNS, bool TRANSPOSED, int BUG>
__device__ __forceinline__ void multiplyOnce(float* output, const unsigned* a, const unsigned* b,
                                             unsigned char* memory) {
  unsigned char* right = memory + TILE_BYTES;
  write(memory, a, 64);
  write(right, b, TRANSPOSED ? (COLUMNS + 63) / 64 * 64 : COLUMNS);
  if (BUG != NO_FENCE_FOR_UNITS) hopper::fenceForUnits();
  hopper::groupBarrier(1, 128);
  float sums[COLUMNS / 2] = {};
  hopper::fenceProducts();
  for (int k = 0; k < 4; ++k) {
    const int step = k * (TRANSPOSED ? hopper::DEPTH_OVER_ROWS_STEP : hopper::DEPTH_IN_ROWS_STEP);
    const uint64_t left = TRANSPOSED ? hopper::depthOverRows(memory, 0) : hopper::depthInRows(memory);
    const uint64_t other = TRANSPOSED ? hopper::depthOverRows(right, TILE_BYTES) : hopper::depthInRows(right);
    hopper::product<TRANSPOSED, TRANSPOSED>(sums, hopper::advanced(left, step), hopper::advanced(other, step),
                                            true);
  }
  hopper::commitProducts();
  hopper::waitForProducts<0>();
  store(output, sums);
}
}  // namespace hopper_test

#define PRODUCT(name, columns, transposed, bug)                                          \
  extern "C" __global__ void name(float* output, const unsigned* a, const unsigned* b) { \
    SIMT_DYNAMIC_SHARED(memory);                                                         \
    hopper_test::multiplyOnce<columns, transposed, bug>(output, a, b, memory);           \
  }                                                                                      \
  SIMT_KERNEL_SHARED(name, 128, 1, 1, 1, 5 * hopper_test::TILE_BYTES)

PRODUCT(hopper_product_64, 64, false, hopper_test::NONE)
PRODUCT(hopper_product_128, 128, false, hopper_test::NONE)
PRODUCT(hopper_product_160, 160, false, hopper_test::NONE)
PRODUCT(hopper_product_256, 256, false, hopper_test::NONE)
PRODUCT(hopper_product_64_transposed, 64, true, hopper_test::NONE)
PRODUCT(hopper_product_160_transposed, 160, true, hopper_test::NONE)
PRODUCT(hopper_bug_no_fence_for_units, 64, false, hopper_test::NO_FENCE_FOR_UNITS)

// output[row][word] = the box or the patches that were copied, 128 bytes a row, without the swizzle.
namespace hopper_test {
__device__ __forceinline__ void readBack(unsigned* output, const unsigned char* tile, int rows) {
  for (int i = threadIdx.x; i < rows * 32; i += blockDim.x) {
    const int row = i / 32, word = i % 32;
    output[i] =
        *reinterpret_cast<const unsigned*>(tile + row * 128 + ((word / 4 ^ row % 8) * 16) + word % 4 * 4);
  }
}
}  // namespace hopper_test

extern "C" __global__ void hopper_copy_box(unsigned* output, const __grid_constant__ hopper::TensorMap map,
                                           int x, int y, int z, int rows) {
  SIMT_DYNAMIC_SHARED(memory);
  auto* barrier = reinterpret_cast<hopper::Barrier*>(memory + hopper_test::TILE_BYTES);
  if (threadIdx.x == 0) {
    hopper::prefetch(map);
    hopper::prepare(barrier, 1);
    hopper::fenceBarriers();
    hopper::arriveExpecting(barrier, rows * 128);
    hopper::copyBox(memory, map, barrier, x, y, z);
  }
  __syncthreads();
  hopper::wait(barrier, 0, "the box");
  hopper_test::readBack(output, memory, rows);
}
SIMT_KERNEL_SHARED(hopper_copy_box, 128, 1, 1, 1, hopper_test::TILE_BYTES + 64)

extern "C" __global__ void hopper_copy_patches(unsigned* output,
                                               const __grid_constant__ hopper::TensorMap map, int channel,
                                               int column, int row, int image, int tapColumn, int tapRow,
                                               int rows) {
  SIMT_DYNAMIC_SHARED(memory);
  auto* barrier = reinterpret_cast<hopper::Barrier*>(memory + hopper_test::TILE_BYTES);
  if (threadIdx.x == 0) {
    hopper::prepare(barrier, 1);
    hopper::fenceBarriers();
    hopper::arriveExpecting(barrier, rows * 128);
    hopper::copyPatches(memory, map, barrier, channel, column, row, image, tapColumn, tapRow);
  }
  __syncthreads();
  hopper::wait(barrier, 0, "the patches");
  hopper_test::readBack(output, memory, rows);
}
SIMT_KERNEL_SHARED(hopper_copy_patches, 128, 1, 1, 1, hopper_test::TILE_BYTES + 64)

// The tensor's box at (x, y) becomes the 64 rows of words.
extern "C" __global__ void hopper_store_box(const __grid_constant__ hopper::TensorMap map,
                                            const unsigned* words, int x, int y) {
  SIMT_DYNAMIC_SHARED(memory);
  hopper_test::write(memory, words, 64);
  hopper::fenceForUnits();
  __syncthreads();
  if (threadIdx.x == 0) {
    hopper::storeBox(map, memory, x, y);
    hopper::commitStores();
    hopper::waitForStores<0>();
  }
}
SIMT_KERNEL_SHARED(hopper_store_box, 128, 1, 1, 1, hopper_test::TILE_BYTES)
#endif
