// shared_access.cuh: tells the CPU's driver of an access to shared memory by all lanes of a warp at once, so
// that it can count bank conflicts (stic_simt_count_banks). Costs nothing on a GPU.
#pragma once
#include "simt.cuh"

// Each lane of the warp accesses `bytes` (4, 8 or 16) at an address of its own.
__device__ __forceinline__ void sharedAccess(const void* address, int bytes) {
#if !SIMT_GPU && !SIMT_FAT
  if (simt_counts_banks) simt_shared_access(address, bytes);
#else
  (void)address;
  (void)bytes;
#endif
}
