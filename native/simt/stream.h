// Streams. Work is done when its call returns (but see late.h), so a stream keeps no queue; its lock orders
// host threads that share it.
#pragma once

#include <cstdint>
#include <mutex>

#include "capture.h"
#include "cuda_types.h"
#include "operation.h"

struct CUstream_st {
  CUstream_st(CUcontext context_, unsigned flags_, int priority_);
  CUcontext context;
  unsigned flags;
  int priority;
  uint64_t id;
  std::mutex mutex;
  simt::StreamCapture capture;
  bool blocking() const { return !(flags & CU_STREAM_NON_BLOCKING); }
};

namespace simt {

// The object of a stream handle, the legacy and the per-thread default stream included; null for an unknown
// handle.
CUstream_st* streamOf(CUstream handle);

// One operation's hold on a stream: checks the handle and the state of capture, and locks the stream.
class StreamUse {
 public:
  StreamUse(CUstream handle, const char* function);

  CUresult error() const { return error_; }
  bool capturing() const { return capturing_; }
  // Makes the operation the next node of the capture.
  CUresult add(const Operation& operation);
  CUstream_st& stream() const { return *stream_; }

 private:
  CUstream_st* stream_;
  CUresult error_ = CUDA_SUCCESS;
  bool capturing_ = false;
  std::unique_lock<std::mutex> lock_;
};

}  // namespace simt
