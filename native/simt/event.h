// Events: a moment of a stream.
#pragma once

#include <chrono>
#include <mutex>

#include "capture.h"
#include "cuda_types.h"
#include "late.h"

struct CUevent_st {
  CUevent_st(CUcontext context_, unsigned flags_) : context(context_), flags(flags_) {}
  CUcontext context;
  unsigned flags;
  std::mutex mutex;
  bool recorded = false;
  std::chrono::steady_clock::time_point time;
  simt::EventCapture capture;
  simt::LatePlace late;  // where it was recorded, in late mode

  // The stream is at the mark: all work before it is done.
  void reached();
  // In late mode the stream has taken the mark, and comes to it when something waits for that place.
  void expectAt(const simt::LatePlace& place);
};
