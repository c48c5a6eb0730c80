// hopper_copy.cuh: copies of boxes of tensors to and from shared memory by the copy engine of GPUs of
// capability 9.0 (TMA), as thin wrappers with portable definitions. A TensorMap that the host's driver wrote
// says where the tensor is, which box is copied, how it is swizzled, and that what lies outside is 0.
//
//   copyBox      a box at a place of the tensor (innermost coordinate first)
//   copyPatches  for a convolution: consecutive positions of a filter over images (channel, column, row,
//                image), from the one that is named; at each the channels under one tap. Positions run over
//                columns, then rows, then images, between the map's corners and in its steps
//   storeBox     a box back into the tensor; what lies outside is not written
//
// A load arrives with its bytes at a Barrier. The stores of a thread are committed in groups and waited for.
// The copied row of 128 bytes number r has its 16-byte chunk c at chunk c ^ (r % 8): the 128-byte swizzle,
// which hopper_product.cuh reads; targets begin at multiples of 1024 bytes.
//
// Source: PTX ISA 8.5, sections 5.5.3-5.5.7 (tiled and im2col modes, swizzling), 9.7.9.27.1
// (cp.async.bulk.tensor).
#pragma once
#include "hopper_barrier.cuh"

#if SIMT_HOPPER
namespace hopper {

#if SIMT_GPU

struct alignas(64) TensorMap {
  uint64_t opaque[16];
};

__device__ __forceinline__ uint64_t mapAddress(const TensorMap& map) {
  return reinterpret_cast<uint64_t>(&map);
}

// The map will be used soon.
__device__ __forceinline__ void prefetch(const TensorMap& map) {
  asm volatile("prefetch.tensormap [%0];" : : "l"(mapAddress(map)) : "memory");
}

__device__ __forceinline__ void copyBox(void* target, const TensorMap& map, Barrier* barrier, int x, int y) {
  asm volatile(
      "cp.async.bulk.tensor.2d.shared::cluster.global.mbarrier::complete_tx::bytes [%0], [%1, {%3, %4}], "
      "[%2];"
      :
      : "r"(sharedAddress(target)), "l"(mapAddress(map)), "r"(sharedAddress(barrier)), "r"(x), "r"(y)
      : "memory");
}

__device__ __forceinline__ void copyBox(void* target, const TensorMap& map, Barrier* barrier, int x, int y,
                                        int z) {
  asm volatile(
      "cp.async.bulk.tensor.3d.shared::cluster.global.mbarrier::complete_tx::bytes [%0], [%1, {%3, %4, %5}], "
      "[%2];"
      :
      : "r"(sharedAddress(target)), "l"(mapAddress(map)), "r"(sharedAddress(barrier)), "r"(x), "r"(y), "r"(z)
      : "memory");
}

__device__ __forceinline__ void copyPatches(void* target, const TensorMap& map, Barrier* barrier, int channel,
                                            int column, int row, int image, int tapColumn, int tapRow) {
  asm volatile(
      "cp.async.bulk.tensor.4d.shared::cluster.global.im2col.mbarrier::complete_tx::bytes [%0], "
      "[%1, {%3, %4, %5, %6}], [%2], {%7, %8};"
      :
      : "r"(sharedAddress(target)), "l"(mapAddress(map)), "r"(sharedAddress(barrier)), "r"(channel),
        "r"(column), "r"(row), "r"(image), "h"((unsigned short)tapColumn), "h"((unsigned short)tapRow)
      : "memory");
}

// fenceForUnits() by those who wrote the source, and a barrier, come before it.
__device__ __forceinline__ void storeBox(const TensorMap& map, const void* source, int x, int y) {
  asm volatile("cp.async.bulk.tensor.2d.global.shared::cta.bulk_group [%0, {%2, %3}], [%1];"
               :
               : "l"(mapAddress(map)), "r"(sharedAddress(source)), "r"(x), "r"(y)
               : "memory");
}

__device__ __forceinline__ void commitStores() { asm volatile("cp.async.bulk.commit_group;" : : : "memory"); }

// Waits until at most LEFT groups of this thread are under way.
template <int LEFT>
__device__ __forceinline__ void waitForStores() {
  asm volatile("cp.async.bulk.wait_group %0;" : : "n"(LEFT) : "memory");
}

#else

using simt::TensorMap;

inline void prefetch(const TensorMap&) {}

inline uint32_t boxElements(const TensorMap& map) {
  if (map.im2col) return (uint32_t)map.box[0] * map.box[1];
  uint32_t elements = 1;
  for (int d = 0; d < map.rank; ++d) elements *= (map.box[d] + map.steps[d] - 1) / map.steps[d];
  return elements;
}

// Moves the positions of an im2col map one further: columns first, then rows, then images.
inline void nextPosition(const TensorMap& map, int32_t* position) {
  for (int d = 1; d < map.rank - 1; ++d) {
    position[d] += map.steps[d];
    if (position[d] < (int64_t)map.lastIndex[d] + 1 + map.upperCorner[d - 1]) return;
    position[d] = map.lowerCorner[d - 1];
  }
  ++position[map.rank - 1];
}

// The tensor's byte at these coordinates, or null outside.
inline uint8_t* elementAt(const TensorMap& map, const int64_t* coordinates) {
  uint64_t address = map.address + (uint64_t)coordinates[0] * map.elementBytes;
  for (int d = 0; d < map.rank; ++d) {
    if (coordinates[d] < 0 || coordinates[d] > (int64_t)map.lastIndex[d]) return nullptr;
    if (d) address += (uint64_t)coordinates[d] * map.strides[d - 1];
  }
  return reinterpret_cast<uint8_t*>(address);
}

// Calls visit(number of the element in the box, its place in the tensor or null).
template <class Visit>
inline void forEachElement(const simt::PendingCopy& copy, Visit visit) {
  const TensorMap& map = copy.map;
  int32_t position[TensorMap::MOST_DIMENSIONS];
  memcpy(position, copy.place, sizeof position);
  const uint32_t inner = map.box[0], elements = boxElements(map);
  for (uint32_t row = 0; row * inner < elements; ++row) {
    int64_t at[TensorMap::MOST_DIMENSIONS] = {};
    for (int d = 1; d < map.rank; ++d)
      at[d] = (int64_t)position[d] + (map.im2col && d < map.rank - 1 ? copy.tap[d - 1] : 0);
    for (uint32_t i = 0; i < inner; ++i) {
      at[0] = (int64_t)copy.place[0] + i;
      visit(row * inner + i, elementAt(map, at));
    }
    if (map.im2col) {
      nextPosition(map, position);
    } else {
      for (int d = 1; d < map.rank; ++d) {
        position[d] += map.steps[d];
        if (position[d] < copy.place[d] + map.box[d]) break;
        position[d] = copy.place[d];
      }
    }
  }
}

// Where the element goes in dynamic shared memory.
inline uint32_t sharedPlace(const simt::PendingCopy& copy, uint32_t element) {
  return simt::swizzled(copy.offset + element * copy.map.elementBytes, copy.map.swizzleSpan);
}

inline void performLoad(simt::AsyncUnits& units, const simt::PendingCopy& copy) {
  size_t bytes;
  auto* memory = reinterpret_cast<uint8_t*>(simt_dynamic_shared(&bytes));
  const int size = copy.map.elementBytes;
  forEachElement(copy, [&](uint32_t element, const uint8_t* source) {
    const uint32_t place = sharedPlace(copy, element);
    if (source)
      memcpy(memory + place, source, size);
    else
      memset(memory + place, copy.map.nanFill ? simt::AsyncUnits::POISON : 0, size);
    memcpy(units.view() + place, memory + place, size);
  });
}

inline void performStore(simt::AsyncUnits& units, const simt::PendingCopy& copy) {
  forEachElement(copy, [&](uint32_t element, uint8_t* target) {
    if (target) memcpy(target, units.view() + sharedPlace(copy, element), copy.map.elementBytes);
  });
}

inline simt::PendingCopy request(const TensorMap& map, const void* shared, Barrier* barrier) {
  if (map.magic != TensorMap::MAGIC) simt_fail("a copy is given no tensor map of this driver");
  simt::PendingCopy copy = {};
  const uint32_t bytes = boxElements(map) * map.elementBytes;
  copy.offset = simt::AsyncUnits::offsetOf(shared, bytes, "a copy leaves the dynamic shared memory");
  if (copy.offset % 128) simt_fail("a copy's place in shared memory is no multiple of 128 bytes");
  copy.map = map;
  copy.barrier = barrier ? &barrier->state : nullptr;
  copy.thread = threadIdx.x;
  return copy;
}

inline void startLoad(const simt::PendingCopy& copy, Barrier* barrier) {
  simt::AsyncUnits& units = simt::AsyncUnits::mine();
  if (!units.barriersFenced)
    simt_fail("an mbarrier is used by a copy without fenceBarriers() after prepare()");
  size_t bytes;
  char* memory = simt_dynamic_shared(&bytes);
  const uint32_t count = boxElements(copy.map) * copy.map.elementBytes;
  memset(memory + copy.offset, simt::AsyncUnits::POISON, count);
  memset(units.view() + copy.offset, simt::AsyncUnits::POISON, count);
  units.add(copy);
  simt_wake(barrier);
}

inline void land(Barrier* barrier) {
  simt::AsyncUnits& units = simt::AsyncUnits::mine();
  for (int i = 0; i < units.copies;) {
    if (units.pending[i].barrier != &barrier->state) {
      ++i;
      continue;
    }
    performLoad(units, units.pending[i]);
    addBytes(barrier, -(int)(boxElements(units.pending[i].map) * units.pending[i].map.elementBytes));
    units.remove(i);
  }
  completePhase(barrier);
}

inline void copyBox(void* target, const TensorMap& map, Barrier* barrier, int x, int y, int z = 0) {
  simt::PendingCopy copy = request(map, target, barrier);
  if (map.im2col) simt_fail("copyBox is given a map for patches");
  copy.place[0] = x;
  copy.place[1] = y;
  copy.place[2] = z;
  startLoad(copy, barrier);
}

inline void copyPatches(void* target, const TensorMap& map, Barrier* barrier, int channel, int column,
                        int row, int image, int tapColumn, int tapRow) {
  simt::PendingCopy copy = request(map, target, barrier);
  if (!map.im2col || map.rank != 4) simt_fail("copyPatches is given a map for boxes");
  const int place[4] = {channel, column, row, image};
  memcpy(copy.place, place, sizeof place);
  copy.tap[0] = (unsigned short)tapColumn;
  copy.tap[1] = (unsigned short)tapRow;
  startLoad(copy, barrier);
}

inline void storeBox(const TensorMap& map, const void* source, int x, int y) {
  simt::PendingCopy copy = request(map, source, nullptr);
  if (map.im2col || map.rank != 2) simt_fail("storeBox is given no map for boxes of rank 2");
  copy.place[0] = x;
  copy.place[1] = y;
  simt::AsyncUnits::mine().add(copy);
}

// Open stores become the youngest group; groups are numbered from the oldest, 1 first.
inline void commitStores() {
  simt::AsyncUnits& units = simt::AsyncUnits::mine();
  int last = 0;
  for (int i = 0; i < units.copies; ++i)
    if (!units.pending[i].barrier && units.pending[i].thread == threadIdx.x && units.pending[i].group > last)
      last = units.pending[i].group;
  for (int i = 0; i < units.copies; ++i)
    if (!units.pending[i].barrier && units.pending[i].thread == threadIdx.x && !units.pending[i].group)
      units.pending[i].group = last + 1;
}

template <int LEFT>
inline void waitForStores() {
  simt::AsyncUnits& units = simt::AsyncUnits::mine();
  int last = 0;
  for (int i = 0; i < units.copies; ++i)
    if (!units.pending[i].barrier && units.pending[i].thread == threadIdx.x && units.pending[i].group > last)
      last = units.pending[i].group;
  for (int i = 0; i < units.copies;) {
    const simt::PendingCopy& copy = units.pending[i];
    if (copy.barrier || copy.thread != threadIdx.x || !copy.group || copy.group > last - LEFT) {
      ++i;
      continue;
    }
    performStore(units, copy);
    units.remove(i);
  }
}

#endif
}  // namespace hopper
#endif
