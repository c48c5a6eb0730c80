#include "memory.h"

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>

#include "guarded_memory.h"
#include "settings.h"

namespace simt {

namespace {

constexpr size_t ALIGNMENT = 256;
constexpr size_t HUGE_PAGE = size_t{2} << 20;

void* allocatePlain(size_t bytes) {
  void* address = nullptr;
  const bool large = bytes >= HUGE_PAGE;
  if (posix_memalign(&address, large ? HUGE_PAGE : ALIGNMENT, bytes) != 0) return nullptr;
  if (large) madvise(address, bytes, MADV_HUGEPAGE);
  return address;
}

const char* nameOf(MemoryKind kind) {
  switch (kind) {
    case MemoryKind::DEVICE:
      return "device allocation";
    case MemoryKind::PINNED:
      return "pinned host allocation";
    case MemoryKind::REGISTERED:
      return "registered host memory";
    case MemoryKind::GLOBAL:
      return "module global";
  }
  return "";
}

std::string describe(const Allocation& allocation) {
  return std::string(nameOf(allocation.kind)) + " " + std::to_string(allocation.number) + " of " +
         std::to_string(allocation.bytes) + " bytes";
}

}  // namespace

Memory& Memory::instance() {
  static auto* memory = new Memory();
  return *memory;
}

Memory::Memory() : total_(Settings::instance().memoryBytes()) {
  atexit([] {
    if (Settings::instance().checked()) instance().reportLeaks(true);
  });
}

void* Memory::allocate(size_t bytes, MemoryKind kind, CUcontext context, unsigned flags) {
  std::lock_guard lock(mutex_);
  if (kind == MemoryKind::DEVICE && bytes > total_ - used_) return nullptr;
  const bool guarded = kind == MemoryKind::DEVICE && Settings::instance().checked();
  void* address = guarded ? GuardedMemory::instance().allocate(bytes) : allocatePlain(bytes);
  if (!address) return nullptr;
  const auto key = reinterpret_cast<uintptr_t>(address);
  allocations_[key] = {key, bytes, kind, context, ++count_, guarded, flags};
  if (kind == MemoryKind::DEVICE) used_ += bytes;
  return address;
}

bool Memory::add(void* address, size_t bytes, MemoryKind kind, CUcontext context, unsigned flags) {
  const auto key = reinterpret_cast<uintptr_t>(address);
  std::lock_guard lock(mutex_);
  const auto next = allocations_.lower_bound(key);
  if (next != allocations_.end() && next->first < key + bytes) return false;
  if (containing(key) != allocations_.end()) return false;
  allocations_[key] = {key, bytes, kind, context, ++count_, false, flags};
  return true;
}

bool Memory::release(void* address, MemoryKind kind) {
  std::lock_guard lock(mutex_);
  const auto position = allocations_.find(reinterpret_cast<uintptr_t>(address));
  if (position == allocations_.end() || position->second.kind != kind) return false;
  erase(position);
  return true;
}

void Memory::erase(Map::iterator position) {
  const Allocation allocation = position->second;
  allocations_.erase(position);
  void* address = reinterpret_cast<void*>(allocation.address);
  if (allocation.kind == MemoryKind::DEVICE) used_ -= allocation.bytes;
  if (allocation.guarded)
    GuardedMemory::instance().release(address, allocation.bytes);
  else if (allocation.kind == MemoryKind::DEVICE || allocation.kind == MemoryKind::PINNED)
    free(address);
}

void Memory::releaseAll(CUcontext context) {
  if (Settings::instance().checked()) reportLeaks(true, context);
  std::lock_guard lock(mutex_);
  for (auto position = allocations_.begin(); position != allocations_.end();) {
    const auto next = std::next(position);
    if (position->second.context == context) erase(position);
    position = next;
  }
}

Memory::Map::const_iterator Memory::containing(uintptr_t address) const {
  auto position = allocations_.upper_bound(address);
  if (position == allocations_.begin()) return allocations_.end();
  --position;
  return address - position->first < position->second.bytes ? position : allocations_.end();
}

bool Memory::find(uintptr_t address, Allocation* allocation) const {
  std::lock_guard lock(mutex_);
  const auto position = containing(address);
  if (position == allocations_.end()) return false;
  *allocation = position->second;
  return true;
}

bool Memory::contains(uintptr_t address, size_t bytes) const {
  Allocation allocation;
  return find(address, &allocation) && bytes <= allocation.bytes - (address - allocation.address);
}

std::string Memory::describe(uintptr_t address) const {
  std::lock_guard lock(mutex_);
  const auto inside = containing(address);
  if (inside != allocations_.end())
    return std::to_string(address - inside->first) + " bytes into " + simt::describe(inside->second);
  auto above = allocations_.upper_bound(address);
  std::string text = GuardedMemory::instance().describeReleased(address);
  if (!text.empty()) return text;
  uintptr_t distance = UINTPTR_MAX;
  if (above != allocations_.end()) {
    distance = above->first - address;
    text = std::to_string(distance) + " bytes before " + simt::describe(above->second);
  }
  if (above != allocations_.begin()) {
    const Allocation& below = std::prev(above)->second;
    const uintptr_t after = address - (below.address + below.bytes);
    if (after < distance) text = std::to_string(after) + " bytes after the end of " + simt::describe(below);
  }
  return text.empty() ? "there is no allocation" : text;
}

bool Memory::verify(std::string* damage) const {
  std::lock_guard lock(mutex_);
  for (const auto& [address, allocation] : allocations_) {
    long offset;
    if (!allocation.guarded ||
        GuardedMemory::verify(reinterpret_cast<void*>(address), allocation.bytes, &offset))
      continue;
    *damage =
        "the red zone of " + simt::describe(allocation) + " was written at offset " + std::to_string(offset);
    return false;
  }
  return true;
}

int64_t Memory::reportLeaks(bool print) const { return reportLeaks(print, nullptr); }

int64_t Memory::reportLeaks(bool print, CUcontext context) const {
  std::lock_guard lock(mutex_);
  int64_t leaks = 0;
  for (const auto& [address, allocation] : allocations_) {
    if (allocation.kind != MemoryKind::DEVICE || (context && allocation.context != context)) continue;
    ++leaks;
    if (print) fprintf(stderr, "simt: leak: %s at 0x%zx\n", simt::describe(allocation).c_str(), address);
  }
  return leaks;
}

size_t Memory::used() const {
  std::lock_guard lock(mutex_);
  return used_;
}

size_t Memory::total() const { return total_; }

}  // namespace simt
