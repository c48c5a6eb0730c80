// Warp functions: shuffles, votes and __syncwarp with CUDA's exact mask rules.
#pragma once

#include <cstring>

#include "runtime.h"

namespace simt {

template <class T>
inline T shuffle(unsigned int mask, T value, int source) {
  static_assert(sizeof(T) <= sizeof(uint64_t), "a shuffled value has at most 8 bytes");
  uint64_t bits = 0;
  memcpy(&bits, &value, sizeof value);
  bits = simt_warp(WarpOperation::SHUFFLE, mask, bits, source);
  memcpy(&value, &bits, sizeof value);
  return value;
}

}  // namespace simt

inline void __syncwarp(unsigned int mask = 0xffffffffu) { simt_warp(simt::WarpOperation::SYNC, mask, 0, 0); }

inline unsigned int __ballot_sync(unsigned int mask, int predicate) {
  return (unsigned int)simt_warp(simt::WarpOperation::BALLOT, mask, predicate != 0, 0);
}

inline int __any_sync(unsigned int mask, int predicate) {
  return (int)simt_warp(simt::WarpOperation::ANY, mask, predicate != 0, 0);
}

inline int __all_sync(unsigned int mask, int predicate) {
  return (int)simt_warp(simt::WarpOperation::ALL, mask, predicate != 0, 0);
}

inline unsigned int __activemask() { return simt_live_lanes(); }

template <class T>
inline T __shfl_sync(unsigned int mask, T value, int source, int width = 32) {
  const int lane = simt_lane();
  return simt::shuffle(mask, value, (lane & ~(width - 1)) | (source & (width - 1)));
}

// A lane whose source falls outside its group of `width` lanes keeps its own value, as on a GPU.
template <class T>
inline T __shfl_up_sync(unsigned int mask, T value, unsigned int delta, int width = 32) {
  const int lane = simt_lane();
  return simt::shuffle(mask, value, (lane & (width - 1)) < (int)delta ? lane : lane - (int)delta);
}

template <class T>
inline T __shfl_down_sync(unsigned int mask, T value, unsigned int delta, int width = 32) {
  const int lane = simt_lane();
  return simt::shuffle(mask, value, (lane & (width - 1)) + (int)delta >= width ? lane : lane + (int)delta);
}

template <class T>
inline T __shfl_xor_sync(unsigned int mask, T value, int laneMask, int width = 32) {
  const int lane = simt_lane();
  const int source = lane ^ laneMask;
  return simt::shuffle(mask, value, (source & ~(width - 1)) > (lane & ~(width - 1)) ? lane : source);
}
