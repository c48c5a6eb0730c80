#include "guarded_memory.h"

#include <sys/mman.h>

#include <cstring>

namespace simt {

namespace {

constexpr size_t PAGE = 4096;
constexpr size_t RED_ZONE = 256;  // before the allocation; also its alignment
constexpr size_t RESERVED = size_t{1} << 40;
constexpr size_t LEAST_RESERVED = size_t{1} << 32;
constexpr unsigned char PATTERN = 0xA5;
constexpr unsigned char POISON = 0xFF;  // floats: NaN

size_t pages(size_t bytes) { return (RED_ZONE + bytes + PAGE - 1) / PAGE * PAGE; }

}  // namespace

GuardedMemory& GuardedMemory::instance() {
  static auto* memory = new GuardedMemory();
  return *memory;
}

GuardedMemory::GuardedMemory() {
  for (size_t bytes = RESERVED; bytes >= LEAST_RESERVED; bytes /= 2) {
    void* range = mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range == MAP_FAILED) continue;
    begin_ = next_ = reinterpret_cast<uintptr_t>(range);
    bytes_ = bytes;
    return;
  }
}

void* GuardedMemory::allocate(size_t bytes) {
  std::lock_guard lock(mutex_);
  const size_t size = pages(bytes);
  if (size + 2 * PAGE > begin_ + bytes_ - next_) return nullptr;
  auto* memory = reinterpret_cast<unsigned char*>(next_ + PAGE);
  if (mprotect(memory, size, PROT_READ | PROT_WRITE) != 0) return nullptr;
  next_ += PAGE + size;
  memset(memory, PATTERN, RED_ZONE);
  memset(memory + RED_ZONE, POISON, bytes);
  memset(memory + RED_ZONE + bytes, PATTERN, size - RED_ZONE - bytes);
  return memory + RED_ZONE;
}

void GuardedMemory::release(void* address, size_t bytes) {
  std::lock_guard lock(mutex_);
  released_[reinterpret_cast<uintptr_t>(address)] = bytes;
  char* memory = static_cast<char*>(address) - RED_ZONE;
  madvise(memory, pages(bytes), MADV_DONTNEED);
  mprotect(memory, pages(bytes), PROT_NONE);
}

bool GuardedMemory::verify(const void* address, size_t bytes, long* offset) {
  const auto* data = static_cast<const unsigned char*>(address);
  const long behind = static_cast<long>(pages(bytes) - RED_ZONE);
  for (long i = static_cast<long>(bytes); i < behind; ++i)
    if (data[i] != PATTERN) return *offset = i, false;
  for (long i = -1; i >= -static_cast<long>(RED_ZONE); --i)
    if (data[i] != PATTERN) return *offset = i, false;
  return true;
}

std::string GuardedMemory::describeReleased(uintptr_t address) const {
  std::lock_guard lock(mutex_);
  auto position = released_.upper_bound(address);
  if (position == released_.begin()) return "";
  --position;
  if (address - position->first >= position->second) return "";
  return std::to_string(address - position->first) + " bytes into released memory of " +
         std::to_string(position->second) + " bytes";
}

}  // namespace simt
