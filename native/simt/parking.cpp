// Threads that wait for something other than a barrier: a key names it, and whoever changes it wakes them.
#include "block.h"
#include "sanitizer.h"

namespace simt {

void Block::wait(const void* key, const char* site) {
  Fiber& fiber = fibers_[current_];
  fiber.key = key;
  fiber.site = site;
  parked_.insert(current_);
  ready_.remove(current_);
  const int next = pick();
  if (next < 0) deadlock();
  switchTo(static_cast<unsigned>(next));
  sanitizer::acquire(const_cast<void*>(key));
}

void Block::wake(const void* key) {
  sanitizer::release(const_cast<void*>(key));
  bool woken = false;
  for (unsigned warp = 0; warp * 32 < count_; ++warp)
    for (uint32_t lanes = parked_.warp(warp); lanes; lanes &= lanes - 1) {
      const unsigned thread = warp * 32 + static_cast<unsigned>(__builtin_ctz(lanes));
      if (fibers_[thread].key != key) continue;
      parked_.remove(thread);
      ready_.insert(thread);
      woken = true;
    }
  if (woken) yield();
}

void* Block::storage(size_t bytes) {
  constexpr size_t ALIGNMENT = 64;  // of what the kernels' headers keep there
  if (!storageIsFresh_) storage_.assign(bytes + ALIGNMENT, 0);
  storageIsFresh_ = true;
  const auto begin = reinterpret_cast<uintptr_t>(storage_.data());
  return storage_.data() + (ALIGNMENT - begin % ALIGNMENT) % ALIGNMENT;
}

char* Block::dynamicShared(size_t* bytes) const {
  *bytes = launch_->dynamicBytes;
  return *bytes ? dynamicShared_ : nullptr;
}

}  // namespace simt

using simt::Block;

void simt_wait(const void* key, const char* site) { simt_thread.block->wait(key, site); }

void simt_wake(const void* key) { simt_thread.block->wake(key); }

void* simt_block_storage(size_t bytes) { return simt_thread.block->storage(bytes); }

char* simt_dynamic_shared(size_t* bytes) { return simt_thread.block->dynamicShared(bytes); }

void simt_fail(const char* sentence) { simt_thread.block->abandon(CUDA_ERROR_LAUNCH_FAILED, "%s", sentence); }
