// async_copy.cuh: copies from global to shared memory that go on while the thread computes (cp.async, sm_80
// and later). On the CPU's fibers nothing is copied before wait(), the latest moment that CUDA allows: a
// missing wait leaves the target as it was.
//
// Source: PTX ISA 8.5, section 9.7.9.25 (cp.async).
#pragma once
#include "rounding.cuh"
#include "shared_access.cuh"

#if !SIMT_FAT
// The copies of one thread since its last wait, at most MOST.
template <int MOST>
class AsyncCopies {
 public:
  // *target = *source, or 0 if source is null; nowhere is an address that can be read.
  __device__ __forceinline__ void copy(float* target, const float* source, const float* nowhere) {
#if SIMT_TENSOR_CORES
    const unsigned address = (unsigned)__cvta_generic_to_shared(target);
    const int bytes = source ? 4 : 0;
    asm volatile("cp.async.ca.shared.global [%0], [%1], 4, %2;"
                 :
                 : "r"(address), "l"(source ? source : nowhere), "r"(bytes)
                 : "memory");
#elif !SIMT_GPU
    (void)nowhere;
    pending[count++] = {target, source};
#endif
  }

  // The thread's own copies are done; others see them after a barrier.
  __device__ __forceinline__ void wait() {
#if SIMT_TENSOR_CORES
    asm volatile("cp.async.wait_all;" : : : "memory");
#elif !SIMT_GPU
    for (int i = 0; i < count; ++i) {
      sharedAccess(pending[i].target, 4);
      *pending[i].target = pending[i].source ? *pending[i].source : 0.0f;
    }
    count = 0;
#endif
  }

#if !SIMT_GPU
 private:
  struct {
    float* target;
    const float* source;
  } pending[MOST];
  int count = 0;
#endif
};
#endif
