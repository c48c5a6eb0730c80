// Device memory of checked mode: every allocation stands alone between inaccessible pages, in one reserved
// address range, filled with NaN; the bytes up to the next page carry a pattern; released memory stays
// inaccessible for ever.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace simt {

class GuardedMemory {
 public:
  static GuardedMemory& instance();

  void* allocate(size_t bytes);
  void release(void* address, size_t bytes);

  // True if the patterns before and behind the allocation are whole; otherwise the first damaged byte's
  // offset from the allocation's begin.
  static bool verify(const void* address, size_t bytes, long* offset);

  // True for addresses in the reserved range, whatever is there.
  bool owns(uintptr_t address) const { return address - begin_ < bytes_; }

  // What was released at the address; empty if nothing.
  std::string describeReleased(uintptr_t address) const;

 private:
  GuardedMemory();

  uintptr_t begin_ = 0;
  size_t bytes_ = 0;
  uintptr_t next_ = 0;
  mutable std::mutex mutex_;
  std::map<uintptr_t, size_t> released_;
};

}  // namespace simt
