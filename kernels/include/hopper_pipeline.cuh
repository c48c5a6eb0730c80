// hopper_pipeline.cuh: the one pipeline of matrix products with Hopper's copies and products:
//   tile[128][COLUMNS] = sum over steps of left[128][64] right[64][COLUMNS],  bfloat16, sums in single
//   precision.
//
// A block has three warpgroups. One thread of the first copies both operands of each step into the next free
// slot of a ring in shared memory; the other two each multiply 64 rows of the tile as slots become full.
// While a step's products are under way the slot of the step before is given back. Blocks are persistent:
// each takes every gridDim.x-th tile, and the copies of a tile begin while the one before it is still being
// stored.
//
// A Work says what is computed:
//   int tiles()                               how many tiles there are
//   Tile tile(int number)                     with `steps`, in runs of `stepsOfRun`, and what else is wanted
//   below bool endsInHalf()                         whether of each run's last step 32 of 64 neighbours in
//   depth matter void copy(left, right, barrier, tile, step)   asks for the copies, of SLOT_BYTES altogether
//   void store(tile, row, sums)               stores 64 rows from `row` on; sums as in hopper_product.cuh
// TRANSPOSED: operands stand as their depth over rows, 64 rows or columns in blocks of BLOCK_BYTES.
//
// Source: CUTLASS, sm90_mma_tma_gmma_ss_warpspecialized.hpp (the idea); Shankhdhar, fast.cu (the ladder).
#pragma once
#include "hopper_copy.cuh"
#include "hopper_product.cuh"

#if SIMT_HOPPER
namespace hopper {

template <int COLUMNS_, bool TRANSPOSED_>
struct Pipeline {
  static constexpr int ROWS = 128, COLUMNS = COLUMNS_, DEPTH = 64, THREADS = 384, GROUP = 128;
  static constexpr bool TRANSPOSED = TRANSPOSED_;
  static constexpr int BLOCK_BYTES = 64 * 128;  // 64 rows of 128 bytes
  static constexpr int LEFT_BYTES = 2 * BLOCK_BYTES;
  static constexpr int RIGHT_BYTES = TRANSPOSED ? (COLUMNS + 63) / 64 * BLOCK_BYTES : COLUMNS * 128;
  static constexpr int SLOT_BYTES = LEFT_BYTES + RIGHT_BYTES;
  static constexpr int MOST_BYTES = (227 << 10) - 256;
  static constexpr int SLOTS = MOST_BYTES / SLOT_BYTES < 8 ? MOST_BYTES / SLOT_BYTES : 8;
  static constexpr int SHARED_BYTES = SLOTS * SLOT_BYTES + 2 * SLOTS * 8;
  static constexpr int CONSUMING_WARPS = 8;

  // The slot that is next, and the parity of its round.
  struct Ring {
    int slot = 0;
    unsigned parity = 0;
    __device__ __forceinline__ void advance() {
      if (++slot < SLOTS) return;
      slot = 0;
      parity ^= 1;
    }
  };

  template <class Work>
  static __device__ __forceinline__ void run(const Work& work) {
    SIMT_DYNAMIC_SHARED(memory);
    auto* full = reinterpret_cast<Barrier*>(memory + SLOTS * SLOT_BYTES);
    Barrier* empty = full + SLOTS;
    if (threadIdx.x == 0) {
      for (int slot = 0; slot < SLOTS; ++slot) {
        prepare(&full[slot], 1);
        prepare(&empty[slot], CONSUMING_WARPS);
      }
      fenceBarriers();
    }
    __syncthreads();
    const int group = threadIdx.x / GROUP;
    if (group == 0) {
      fewerRegisters<40>();
      if (threadIdx.x == 0) produce(work, memory, full, empty);
    } else {
      moreRegisters<232>();
      // Two loops: products under a condition would keep the compiler from letting them overlap.
      if (work.endsInHalf())
        consume<true>(work, memory, full, empty, group - 1);
      else
        consume<false>(work, memory, full, empty, group - 1);
    }
  }

 private:
  template <class Work>
  static __device__ __forceinline__ void produce(const Work& work, unsigned char* memory, Barrier* full,
                                                 Barrier* empty) {
    Ring ring;
    for (int number = blockIdx.x; number < work.tiles(); number += gridDim.x) {
      const auto tile = work.tile(number);
      for (int step = 0; step < tile.steps; ++step, ring.advance()) {
        unsigned char* slot = memory + ring.slot * SLOT_BYTES;
        wait(&empty[ring.slot], ring.parity ^ 1, "a free slot of the ring");
        arriveExpecting(&full[ring.slot], SLOT_BYTES);
        work.copy(slot, slot + LEFT_BYTES, &full[ring.slot], tile, step);
      }
    }
  }

  template <bool ENDS_IN_HALF, class Work>
  static __device__ __forceinline__ void consume(const Work& work, const unsigned char* memory, Barrier* full,
                                                 Barrier* empty, int half) {
    Ring ring;
    for (int number = blockIdx.x; number < work.tiles(); number += gridDim.x) {
      const auto tile = work.tile(number);
      float sums[COLUMNS / 2];
      SIMT_UNROLL
      for (int i = 0; i < COLUMNS / 2; ++i) sums[i] = 0.0f;
      int before = -1;  // the slot of the step before
      for (int step = 0; step < tile.steps; step += tile.stepsOfRun) {
        for (int i = ENDS_IN_HALF; i < tile.stepsOfRun; ++i)
          next<DEPTH>(sums, ring, before, memory, full, empty, half);
        if (ENDS_IN_HALF) next<DEPTH / 2>(sums, ring, before, memory, full, empty, half);
      }
      waitForProducts<0>();
      if (before >= 0) release(&empty[before]);
      work.store(tile, half * PRODUCT_ROWS, sums);
    }
  }

  // Multiplies the next step, of which so many neighbours in depth matter.
  template <int USED>
  static __device__ __forceinline__ void next(float (&sums)[COLUMNS / 2], Ring& ring, int& before,
                                              const unsigned char* memory, Barrier* full, Barrier* empty,
                                              int half) {
    wait(&full[ring.slot], ring.parity, "a full slot of the ring");
    multiply<USED>(sums, memory + ring.slot * SLOT_BYTES, half);
    if (before >= 0) {
      waitForProducts<1>();
      release(&empty[before]);
    }
    before = ring.slot;
    ring.advance();
  }

  // Every warp gives the slot back when its own products are done.
  static __device__ __forceinline__ void release(Barrier* empty) {
    if (threadIdx.x % 32 == 0) arrive(empty);
  }

  template <int USED>
  static __device__ __forceinline__ void multiply(float (&sums)[COLUMNS / 2], const unsigned char* slot,
                                                  int half) {
    constexpr int STEP = TRANSPOSED ? DEPTH_OVER_ROWS_STEP : DEPTH_IN_ROWS_STEP;
    const unsigned char* left = slot + half * BLOCK_BYTES;
    const unsigned char* right = slot + LEFT_BYTES;
    const uint64_t a = TRANSPOSED ? depthOverRows(left, BLOCK_BYTES) : depthInRows(left);
    const uint64_t b = TRANSPOSED ? depthOverRows(right, BLOCK_BYTES) : depthInRows(right);
    fenceProducts();
    SIMT_UNROLL
    for (int k = 0; k < USED / PRODUCT_DEPTH; ++k)
      product<TRANSPOSED, TRANSPOSED>(sums, advanced(a, k * STEP), advanced(b, k * STEP), true);
    commitProducts();
  }
};

}  // namespace hopper
#endif
