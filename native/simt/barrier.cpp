// The block barrier, and the verdict when no thread can go on.
#include <cstdio>
#include <cstring>

#include "block.h"
#include "sanitizer.h"

namespace simt {

void Block::barrier(const char* site) {
  if (count_ == 1) return;
  if (waiting_ == 0)
    site_ = site;
  else if (site != site_ && strcmp(site, site_) != 0)
    abandon(CUDA_ERROR_LAUNCH_FAILED, "divergence: __syncthreads at %s while others wait at %s", site, site_);
  char* object = &barrierObject_[phase_ & 1];
  sanitizer::release(object);
  ++waiting_;
  if (waiting_ == alive_) {
    releaseBarrier();
    yield();
  } else {
    ready_.remove(current_);
    const int next = pick();
    if (next < 0) deadlock();
    switchTo(static_cast<unsigned>(next));
  }
  sanitizer::acquire(object);
}

// Every live thread has arrived: all may go on.
void Block::releaseBarrier() {
  waiting_ = 0;
  ++phase_;
  ready_.assign(live_);
}

void Block::deadlock() {
  const unsigned parked = parked_.size();
  char elsewhere[256] = "";
  if (parked) snprintf(elsewhere, sizeof elsewhere, ", %u at %s", parked, fibers_[parked_.next(0)].site);
  abandon(
      CUDA_ERROR_LAUNCH_FAILED,
      "deadlock: %u threads wait at __syncthreads (%s), %u in warp operations for lanes that do not come%s",
      waiting_, waiting_ ? site_ : "none", alive_ - waiting_ - parked, elsewhere);
}

}  // namespace simt

void simt_barrier(const char* site) { simt_thread.block->barrier(site); }
