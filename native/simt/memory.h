// All memory that the driver knows: device allocations, pinned and registered host memory, globals of
// modules.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "cuda_types.h"

namespace simt {

enum class MemoryKind { DEVICE, PINNED, REGISTERED, GLOBAL };

struct Allocation {
  uintptr_t address;
  size_t bytes;
  MemoryKind kind;
  CUcontext context;
  uint64_t number;  // counts allocations from 1: names it in reports
  bool guarded;     // made in checked mode
  unsigned flags;   // of pinned and registered memory
};

class Memory {
 public:
  static Memory& instance();

  // New device or pinned memory, or null if the device's memory is exhausted.
  void* allocate(size_t bytes, MemoryKind kind, CUcontext context, unsigned flags = 0);
  // Host memory or a module's global, which its owner releases. False if it overlaps memory that is known.
  bool add(void* address, size_t bytes, MemoryKind kind, CUcontext context, unsigned flags = 0);
  // False if no memory of this kind begins at the address.
  bool release(void* address, MemoryKind kind);
  // Releases all memory of a context; in checked mode reports device memory that is still there.
  void releaseAll(CUcontext context);

  // The memory that contains the address; false if there is none.
  bool find(uintptr_t address, Allocation* allocation) const;
  // True if [address, address + bytes) lies in one known piece of memory.
  bool contains(uintptr_t address, size_t bytes) const;
  // For people: what is at or near an address that a kernel should not have touched.
  std::string describe(uintptr_t address) const;

  // Verifies the red zones of checked mode. False, with a sentence, if one was written.
  bool verify(std::string* damage) const;

  // Device allocations that are alive (of one context), listed on standard error if asked.
  int64_t reportLeaks(bool print) const;
  int64_t reportLeaks(bool print, CUcontext context) const;

  size_t used() const;
  size_t total() const;

 private:
  using Map = std::map<uintptr_t, Allocation>;

  Memory();
  Map::const_iterator containing(uintptr_t address) const;
  void erase(Map::iterator position);

  mutable std::mutex mutex_;
  Map allocations_;
  size_t used_ = 0;  // bytes of device memory
  size_t total_;
  uint64_t count_ = 0;
};

}  // namespace simt
