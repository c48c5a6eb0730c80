// Fault injection: STIC_SIMT_FAULT makes chosen calls of driver functions fail, to test what callers do then.
#pragma once

#include "cuda_types.h"

namespace simt {

// The injected error for this call of the function, or CUDA_SUCCESS.
CUresult injectedFault(const char* function);

}  // namespace simt
