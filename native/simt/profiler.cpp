// cuProfilerStart and cuProfilerStop: the range that a profiling tool is to capture. No tool is attached to
// this driver, so the calls succeed and change nothing but what stic_simt_capturing tells.
#include <atomic>

#include "context.h"
#include "control.h"
#include "cuda_api.h"

using namespace simt;

namespace {
std::atomic<bool> capturing{false};
}

CUresult cuProfilerStart() {
  if (CUresult error = enterContext(__func__)) return error;
  capturing = true;
  return CUDA_SUCCESS;
}

CUresult cuProfilerStop() {
  if (CUresult error = enterContext(__func__)) return error;
  capturing = false;
  return CUDA_SUCCESS;
}

int stic_simt_capturing() { return capturing; }
