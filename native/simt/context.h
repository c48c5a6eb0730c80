// Contexts, the current one of each host thread, and the checks at the entry of every driver function.
#pragma once

#include <atomic>
#include <cstdint>

#include "cuda_types.h"

struct CUctx_st {
  explicit CUctx_st(unsigned flags_) : flags(flags_) {}
  unsigned flags;
  uint64_t id = 0;
  // After a kernel has failed every call returns its error until the context is destroyed or reset, as CUDA
  // has it.
  std::atomic<CUresult> error{CUDA_SUCCESS};
};

namespace simt {

// First statement of a driver function that needs cuInit: applies injected faults; forbids calls from host
// functions.
CUresult enter(const char* function);

// First statement of a driver function that needs a current context without a pending error.
CUresult enterContext(const char* function);

// The current context of the calling host thread; null if there is none.
CUcontext currentContext();

// While it lives, driver functions called on this host thread return CUDA_ERROR_NOT_PERMITTED.
class HostFunctionScope {
 public:
  HostFunctionScope();
  ~HostFunctionScope();
};

}  // namespace simt
