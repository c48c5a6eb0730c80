// Bank conflicts of shared memory, counted for each kernel. Shared memory has 32 banks of 4 bytes; a warp's
// access takes one turn for each different word that the lanes ask of one bank. Accesses of 8 and 16 bytes
// are served for 16 and 8 lanes at a time.
//
// Source: CUDA C++ Programming Guide, section "Shared memory" of compute capabilities 5.x and later.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace simt {

class Banks {
 public:
  static Banks& instance();

  // Counts from 0 on, or not at all.
  void set(bool counts);

  // One access of the lanes of a mask, `bytes` at each lane's address.
  void count(const char* kernel, const uint64_t* addresses, uint32_t lanes, unsigned bytes);

  // Turns beyond the first of each access; -1 if the kernel made none that was counted.
  int64_t conflicts(const char* kernel);

 private:
  std::mutex mutex_;
  std::map<std::string, int64_t> conflicts_;
};

}  // namespace simt
