// A set of the threads of one block, as bits.
#pragma once

#include <cstdint>

namespace simt {

class ThreadSet {
 public:
  static constexpr unsigned MAX_THREADS = 1024;

  // Becomes {0, ..., count - 1}.
  void fill(unsigned count) {
    words_ = (count + 63) / 64;
    for (unsigned w = 0; w < words_; ++w) bits_[w] = ~uint64_t{0};
    if (count % 64) bits_[words_ - 1] = (uint64_t{1} << count % 64) - 1;
  }

  // Becomes empty, for members below count.
  void clear(unsigned count) {
    words_ = (count + 63) / 64;
    for (unsigned w = 0; w < words_; ++w) bits_[w] = 0;
  }

  void insert(unsigned thread) { bits_[thread / 64] |= uint64_t{1} << thread % 64; }
  void remove(unsigned thread) { bits_[thread / 64] &= ~(uint64_t{1} << thread % 64); }
  void assign(const ThreadSet& other) {
    for (unsigned w = 0; w < words_; ++w) bits_[w] = other.bits_[w];
  }

  // The lanes of one warp as a mask.
  uint32_t warp(unsigned warp) const { return static_cast<uint32_t>(bits_[warp / 2] >> 32 * (warp % 2)); }
  void insertWarp(unsigned warp, uint32_t lanes) { bits_[warp / 2] |= uint64_t{lanes} << 32 * (warp % 2); }

  // The first member at or after `start`, cyclically; -1 if there is none.
  int next(unsigned start) const {
    unsigned w = start / 64;
    if (w >= words_) w = 0, start = 0;
    uint64_t bits = bits_[w] & (~uint64_t{0} << start % 64);
    for (unsigned step = 0; step <= words_; ++step) {
      if (bits) return static_cast<int>(w * 64) + __builtin_ctzll(bits);
      if (++w == words_) w = 0;
      bits = bits_[w];
    }
    return -1;
  }

  int last() const {
    for (int w = static_cast<int>(words_) - 1; w >= 0; --w)
      if (bits_[w]) return w * 64 + 63 - __builtin_clzll(bits_[w]);
    return -1;
  }

  unsigned size() const {
    unsigned count = 0;
    for (unsigned w = 0; w < words_; ++w) count += static_cast<unsigned>(__builtin_popcountll(bits_[w]));
    return count;
  }

  // The member that has `rank` smaller members; rank < size().
  int nth(unsigned rank) const {
    unsigned w = 0;
    for (unsigned count; rank >= (count = static_cast<unsigned>(__builtin_popcountll(bits_[w]))); ++w)
      rank -= count;
    uint64_t bits = bits_[w];
    while (rank--) bits &= bits - 1;
    return static_cast<int>(w * 64) + __builtin_ctzll(bits);
  }

 private:
  uint64_t bits_[MAX_THREADS / 64] = {};
  unsigned words_ = 0;
};

}  // namespace simt
