// The order in which ready threads and blocks run. CUDA promises none, so a correct kernel gives the same
// result in all.
#pragma once

#include <cstdint>

namespace simt {

enum class Order : int { FORWARD = 0, REVERSE = 1, RANDOM = 2 };

struct Schedule {
  Order order = Order::FORWARD;
  uint64_t seed = 0;

  // The block to run as the `position`-th of `blocks`: a bijection for each schedule.
  uint64_t block(uint64_t position, uint64_t blocks) const;
};

// xorshift64*: a short stream of numbers for one block's random order, equal on every host thread.
class OrderStream {
 public:
  void seed(uint64_t seed, uint64_t block);
  uint64_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1Dull;
  }

 private:
  uint64_t state_ = 1;
};

}  // namespace simt
