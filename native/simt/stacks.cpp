#include "stacks.h"

#include <sys/mman.h>

#include <new>

#include "sanitizer.h"

namespace simt {

namespace {

// Colouring: neighbouring stacks start in different cache sets. Without it all of them, a power of two apart,
// fall into the same few sets, and a switch costs seven times as much.
constexpr size_t COLOUR = 704;
constexpr size_t PAGE = 4096;
constexpr size_t HUGE_PAGE = size_t{2} << 20;

}  // namespace

Stacks::~Stacks() { unmap(); }

void Stacks::reserve(unsigned count, size_t bytes, bool guarded) {
  const size_t guard = guarded ? PAGE : 0;
  if (count <= count_ && bytes <= bytes_ && guard == guard_) return;
  unmap();
  count_ = count;
  bytes_ = bytes;
  guard_ = guard;
  stride_ = bytes + (guarded ? guard : COLOUR);
  map();
  reset(false);
}

void Stacks::map() {
  mappingBytes_ = stride_ * count_ + HUGE_PAGE;
  void* mapping = mmap(nullptr, mappingBytes_, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED) {
    count_ = 0;
    throw std::bad_alloc();
  }
  mapping_ = static_cast<char*>(mapping);
  const auto address = reinterpret_cast<size_t>(mapping_);
  slab_ = mapping_ + ((HUGE_PAGE - address % HUGE_PAGE) % HUGE_PAGE);
  if (!guard_) madvise(mapping_, mappingBytes_, MADV_HUGEPAGE);
  for (unsigned i = 0; guard_ && i < count_; ++i) mprotect(slab_ + stride_ * i, guard_, PROT_NONE);
}

void Stacks::unmap() {
  if (!mapping_) return;
  unpoison();
  munmap(mapping_, mappingBytes_);
  mapping_ = nullptr;
}

void Stacks::reset(bool renew) {
  if (renew && mapping_) {
    unmap();
    map();
  }
  free_.clear();
  for (int i = static_cast<int>(count_) - 1; i >= 0; --i) free_.push_back(i);
}

void Stacks::unpoison() const {
  if (!guard_) sanitizer::unpoison(slab_, stride_ * count_);
  for (unsigned i = 0; guard_ && i < count_; ++i) sanitizer::unpoison(bottom(static_cast<int>(i)), bytes_);
}

}  // namespace simt
