// hopper_barrier.cuh: the barriers of GPUs of capability 9.0, as thin wrappers with portable definitions.
//
//   Barrier       an mbarrier: a phase is complete when a number of arrivals and all announced bytes of
//                 copies have come; waiting names the parity of the phase, 0 first
//   groupBarrier  a named barrier, for some warps of a block
//   registers     how many registers each thread of a warpgroup has from now on
//
// On fibers a thread that waits is parked, so that a deadlock is found and named, and copies land when
// somebody waits for them (simt/device/async_units.h).
//
// Source: PTX ISA 8.5, sections 9.7.13.15 (mbarrier), 9.7.13.1 (bar.sync), 9.7.13.4 (fence),
// 9.7.19.5 (setmaxnreg).
#pragma once
#include "simt.cuh"

#if SIMT_HOPPER
#if !SIMT_GPU
#include "simt/device/async_units.h"
#endif

namespace hopper {

// In dynamic shared memory, 8 bytes. Portably: the arrivals that are missing (bits 0-15) and expected
// (16-31), the bytes that are announced and have not come (32-55, signed) and the number of the phase
// (56-63).
struct alignas(8) Barrier {
  uint64_t state;
};

#if SIMT_GPU

__device__ __forceinline__ unsigned sharedAddress(const void* pointer) {
  return (unsigned)__cvta_generic_to_shared(pointer);
}

// One thread prepares a barrier; fenceBarriers() and a block barrier come before its use.
__device__ __forceinline__ void prepare(Barrier* barrier, int arrivals) {
  asm volatile("mbarrier.init.shared::cta.b64 [%0], %1;" : : "r"(sharedAddress(barrier)), "r"(arrivals));
}

// Prepared barriers become visible to the units that copy.
__device__ __forceinline__ void fenceBarriers() {
  asm volatile("fence.mbarrier_init.release.cluster;" : : : "memory");
  asm volatile("fence.proxy.async;" : : : "memory");
}

__device__ __forceinline__ void arrive(Barrier* barrier) {
  asm volatile("mbarrier.arrive.shared::cta.b64 _, [%0];" : : "r"(sharedAddress(barrier)) : "memory");
}

// Arrives, and announces the bytes that copies will bring in this phase.
__device__ __forceinline__ void arriveExpecting(Barrier* barrier, int bytes) {
  asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;"
               :
               : "r"(sharedAddress(barrier)), "r"(bytes)
               : "memory");
}

// Waits until the phase of this parity is complete; what it waits for is for people.
__device__ __forceinline__ void wait(Barrier* barrier, unsigned parity, const char*) {
  asm volatile(
      "{\n"
      ".reg .pred done;\n"
      "again:\n"
      "mbarrier.try_wait.parity.shared::cta.b64 done, [%0], %1;\n"
      "@!done bra again;\n"
      "}\n"
      :
      : "r"(sharedAddress(barrier)), "r"(parity)
      : "memory");
}

// Waits until this many threads, all of whole warps, have come to the barrier of this number (1 to 15).
__device__ __forceinline__ void groupBarrier(int number, int threads) {
  asm volatile("bar.sync %0, %1;" : : "r"(number), "r"(threads) : "memory");
}

// Ordinary stores to shared memory become visible to the units that copy and multiply.
__device__ __forceinline__ void fenceForUnits() { asm volatile("fence.proxy.async;" : : : "memory"); }

template <int COUNT>
__device__ __forceinline__ void moreRegisters() {
  asm volatile("setmaxnreg.inc.sync.aligned.u32 %0;" : : "n"(COUNT));
}

template <int COUNT>
__device__ __forceinline__ void fewerRegisters() {
  asm volatile("setmaxnreg.dec.sync.aligned.u32 %0;" : : "n"(COUNT));
}

#else

constexpr uint64_t MISSING = 0xffff, EXPECTED_SHIFT = 16, BYTES_SHIFT = 32, PHASE_SHIFT = 56;

inline int bytesUnderWay(const Barrier* barrier) { return (int)((int64_t)(barrier->state << 8) >> 40); }

inline unsigned phase(const Barrier* barrier) { return (unsigned)(barrier->state >> PHASE_SHIFT); }

inline void prepare(Barrier* barrier, int arrivals) {
  simt::AsyncUnits::offsetOf(barrier, sizeof *barrier, "an mbarrier is not in dynamic shared memory");
  simt::AsyncUnits::mine().barriersFenced = false;
  barrier->state = (uint64_t)arrivals << EXPECTED_SHIFT | (uint64_t)arrivals;
}

inline void fenceBarriers() {
  simt::AsyncUnits::mine().barriersFenced = true;
  simt::AsyncUnits::mine().fence();
}

// Begins the next phase if nothing is missing in this one.
inline void completePhase(Barrier* barrier) {
  if ((barrier->state & MISSING) || bytesUnderWay(barrier)) return;
  const uint64_t expected = barrier->state >> EXPECTED_SHIFT & MISSING;
  const uint64_t next = (uint64_t)(phase(barrier) + 1) << PHASE_SHIFT;
  barrier->state = next | expected << EXPECTED_SHIFT | expected;
  simt_wake(barrier);
}

// Announces bytes, or says that they came where they are negative.
inline void addBytes(Barrier* barrier, int bytes) {
  const uint64_t mask = (uint64_t)0xffffff << BYTES_SHIFT;
  const uint64_t sum = (uint64_t)(uint32_t)(bytesUnderWay(barrier) + bytes) << BYTES_SHIFT;
  barrier->state = (barrier->state & ~mask) | (sum & mask);
}

inline void arrive(Barrier* barrier) {
  if (!(barrier->state & MISSING))
    simt_fail("an mbarrier has more arrivals in a phase than it was prepared for");
  --barrier->state;
  completePhase(barrier);
}

inline void arriveExpecting(Barrier* barrier, int bytes) {
  addBytes(barrier, bytes);
  arrive(barrier);
}

// Does the copies that the barrier waits for; hopper_copy.cuh.
inline void land(Barrier* barrier);

inline void wait(Barrier* barrier, unsigned parity, const char* what) {
  while ((phase(barrier) & 1) == parity) {
    land(barrier);
    if ((phase(barrier) & 1) == parity) simt_wait(barrier, what);
  }
}

inline void groupBarrier(int number, int threads) {
  simt::NamedBarrier& barrier = simt::AsyncUnits::mine().named[number];
  const unsigned generation = barrier.generation;
  if (++barrier.arrived == (unsigned)threads) {
    barrier.arrived = 0;
    ++barrier.generation;
    simt_wake(&barrier);
  }
  while (barrier.generation == generation) simt_wait(&barrier, "a named barrier");
}

inline void fenceForUnits() { simt::AsyncUnits::mine().fence(); }

template <int COUNT>
inline void moreRegisters() {
  static_assert(COUNT % 8 == 0 && COUNT >= 24 && COUNT <= 256, "a multiple of 8 from 24 to 256");
}

template <int COUNT>
inline void fewerRegisters() {
  static_assert(COUNT % 8 == 0 && COUNT >= 24 && COUNT <= 256, "a multiple of 8 from 24 to 256");
}

#endif
}  // namespace hopper
#endif
