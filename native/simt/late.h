// Late mode, for tests: a stream's work is kept until something waits for it, the latest moment that CUDA
// allows. Without it all work is done when its call returns, and a program that forgets to wait for an
// event, or writes into pinned memory that is still being copied, is right by chance.
#pragma once

#include <cstdint>

#include "cuda_types.h"
#include "operation.h"

namespace simt {

// A place in a stream's work: behind what was added up to a number, which counts all work; 0 is the
// beginning.
struct LatePlace {
  CUstream_st* stream = nullptr;
  uint64_t number = 0;
};

class Late {
 public:
  static bool on();
  // Switching it off does what is kept.
  static CUresult set(bool on);

  // Keeps a valid operation, or does it at once where CUDA promises so: in the legacy stream, and for host
  // memory that is not pinned.
  static CUresult add(CUstream_st& stream, const Operation& operation, const char* function);
  // Later work of the stream begins after the place is reached.
  static void wait(CUstream_st& stream, const LatePlace& place);
  // The end of the stream's work so far.
  static LatePlace end(CUstream_st& stream);

  // Do what is kept: up to a place, of one stream, of all streams. The first error is returned.
  static CUresult finish(const LatePlace& place);
  static CUresult finish(CUstream_st& stream);
  static CUresult finishAll();
};

}  // namespace simt
