// The stacks of one host thread's fibers.
#pragma once

#include <cstddef>
#include <vector>

namespace simt {

class Stacks {
 public:
  Stacks() = default;
  ~Stacks();
  Stacks(const Stacks&) = delete;
  Stacks& operator=(const Stacks&) = delete;

  // Makes at least `count` stacks of `bytes` each. Guarded stacks end at an inaccessible page.
  void reserve(unsigned count, size_t bytes, bool guarded);

  // Makes every stack free again, on fresh memory if `renew`.
  void reset(bool renew);

  int acquire() {
    const int stack = free_.back();
    free_.pop_back();
    return stack;
  }
  void release(int stack) { free_.push_back(stack); }

  char* bottom(int stack) const { return slab_ + stride_ * static_cast<size_t>(stack) + guard_; }
  char* top(int stack) const { return bottom(stack) + bytes_; }
  size_t bytes() const { return bytes_; }
  size_t guard() const { return guard_; }

  // Forgets AddressSanitizer's marks on frames that were abandoned.
  void unpoison() const;

 private:
  void map();
  void unmap();

  char* mapping_ = nullptr;
  size_t mappingBytes_ = 0;
  char* slab_ = nullptr;
  unsigned count_ = 0;
  size_t bytes_ = 0;
  size_t stride_ = 0;
  size_t guard_ = 0;
  std::vector<int> free_;
};

}  // namespace simt
