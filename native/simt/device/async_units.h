// The asynchronous units of one block's multiprocessor, for the portable definitions of hopper_*.cuh: what
// was asked of them and is not done yet.
//
// Everything is done at the last moment that a GPU allows, and what is under way reads as NaN: a copy's
// target from the moment it is asked for, and a product's sums until they are waited for. So a missing wait
// gives wrong numbers, always. The units see shared memory as it was at the last proxy fence, in a view of
// their own: a missing fence gives NaN too.
#pragma once

#include <cstdint>
#include <cstring>

#include "runtime.h"
#include "tensor_map.h"

namespace simt {

// One copy between a tensor and shared memory.
struct PendingCopy {
  const uint64_t* barrier;  // of a load; null for a store
  unsigned thread;          // that asked for it
  int group;                // of a store: 0 not committed yet, else counted from the oldest
  uint32_t offset;          // in dynamic shared memory
  int32_t place[TensorMap::MOST_DIMENSIONS];
  int32_t tap[TensorMap::MOST_DIMENSIONS - 2];
  TensorMap map;
};

// One matrix product of a warpgroup, as its thread sees it.
struct PendingProduct {
  uint64_t a, b;
  bool transposedA, transposedB, accumulate;
};

// A thread's products, oldest first; the sums are here while products on them are under way.
struct ProductQueue {
  static constexpr int MOST = 16, MOST_SUMS = 128;
  PendingProduct products[MOST];
  int count;  // of products
  int groupEnds[MOST];
  int groups;
  bool fenced;
  float* target;  // the thread's registers
  int sums;
  float values[MOST_SUMS];
};

struct NamedBarrier {
  unsigned arrived, generation;
};

struct AsyncUnits {
  static constexpr int MOST_COPIES = 64, MOST_THREADS = 512, NAMED_BARRIERS = 16;
  static constexpr uint8_t POISON = 0xff;  // bfloat16 and floats: NaN

  bool begun;
  bool barriersFenced;
  int copies;
  PendingCopy pending[MOST_COPIES];
  NamedBarrier named[NAMED_BARRIERS];
  ProductQueue queues[MOST_THREADS];

  // The block's own.
  static AsyncUnits& mine() {
    size_t bytes;
    simt_dynamic_shared(&bytes);
    auto& units = *static_cast<AsyncUnits*>(simt_block_storage(sizeof(AsyncUnits) + bytes));
    if (!units.begun) memset(units.view(), POISON, bytes);
    units.begun = true;
    return units;
  }

  // Shared memory as the units see it.
  uint8_t* view() { return reinterpret_cast<uint8_t*>(this + 1); }

  // The place in dynamic shared memory of bytes that the units may touch.
  static uint32_t offsetOf(const void* address, size_t count, const char* what) {
    size_t bytes;
    const char* begin = simt_dynamic_shared(&bytes);
    const auto offset = static_cast<size_t>(static_cast<const char*>(address) - begin);
    if (!begin || offset > bytes || bytes - offset < count) simt_fail(what);
    return static_cast<uint32_t>(offset);
  }

  // What was written by ordinary stores becomes visible to the units.
  void fence() {
    size_t bytes;
    const char* begin = simt_dynamic_shared(&bytes);
    memcpy(view(), begin, bytes);
  }

  void add(const PendingCopy& copy) {
    if (copies == MOST_COPIES) simt_fail("more than 64 copies are under way");
    pending[copies++] = copy;
  }

  void remove(int index) {
    memmove(pending + index, pending + index + 1, sizeof(PendingCopy) * (--copies - index));
  }
};

// The address at which the swizzle puts a byte: its 16-byte chunk within the span (2, 4 or 8 chunks; 1 for
// none) is exchanged by the number of its 128-byte row.
inline uint32_t swizzled(uint32_t address, unsigned span) {
  return address ^ ((address >> 7 & (span - 1)) << 4);
}

}  // namespace simt
