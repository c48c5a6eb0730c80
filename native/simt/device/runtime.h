// What the driver (libcuda.so.1) offers to running kernels: who am I, block barrier, warp operations.
#pragma once

#include <cstddef>
#include <cstdint>

#include "types.h"

namespace simt {

class Block;

// The CUDA thread that runs now on this host thread. Kept small: it lives in the static TLS block, so that
// kernels in other libraries read it with one segment-relative load instead of a call.
struct ThreadState {
  uint3 threadIdx;
  uint3 blockIdx;
  dim3 blockDim;
  dim3 gridDim;
  char* shared;  // base of the block's shared memory
  Block* block;  // this host thread's block scheduler
};

enum class WarpOperation : int { SYNC, SHUFFLE, BALLOT, ANY, ALL, ACCESS };

}  // namespace simt

extern "C" {

extern __thread simt::ThreadState simt_thread
    __attribute__((visibility("default"), tls_model("initial-exec")));

// Waits until every thread of the block that has not exited arrives. `site` names the source line: all must
// agree.
__attribute__((visibility("default"))) void simt_barrier(const char* site);

// Waits until every live lane of `mask` arrives with the same operation, then returns this lane's result.
// `source` is the lane that SHUFFLE reads.
__attribute__((visibility("default"))) uint64_t simt_warp(simt::WarpOperation operation, unsigned int mask,
                                                          uint64_t value, int source);

// Lanes of the calling warp that have not exited.
__attribute__((visibility("default"))) unsigned int simt_live_lanes();

// The block's dynamic shared memory, which begins at a multiple of 1024 bytes; null without any.
__attribute__((visibility("default"))) char* simt_dynamic_shared(size_t* bytes);

// Waits until another thread of the block calls simt_wake with the same key; callers then look whether what
// they wait for has come. `site` tells people where. A block whose threads all wait has failed.
__attribute__((visibility("default"))) void simt_wait(const void* key, const char* site);
__attribute__((visibility("default"))) void simt_wake(const void* key);

// Memory of the block beside what CUDA knows, zero when the block begins; of one size for all its threads.
__attribute__((visibility("default"))) void* simt_block_storage(size_t bytes);

// Ends the kernel with a sentence: it broke a rule of the GPU.
[[noreturn]] __attribute__((visibility("default"))) void simt_fail(const char* sentence);

// Whether bank conflicts are counted; then each lane tells of its accesses to shared memory, `bytes` (4, 8 or
// 16) at an address of its own, all lanes of the warp together.
extern __attribute__((visibility("default"))) int simt_counts_banks;
__attribute__((visibility("default"))) void simt_shared_access(const void* address, int bytes);

// This thread's number in its warp.
__attribute__((visibility("default"))) int simt_lane();
}
