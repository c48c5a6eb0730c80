#include "order.h"

#include <numeric>

namespace simt {

namespace {

// SplitMix64's finaliser: spreads neighbouring seeds.
uint64_t mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

}  // namespace

uint64_t Schedule::block(uint64_t position, uint64_t blocks) const {
  switch (order) {
    case Order::FORWARD:
      return position;
    case Order::REVERSE:
      return blocks - 1 - position;
    case Order::RANDOM:
      break;
  }
  // position * factor + shift modulo blocks, with the factor coprime to it.
  uint64_t factor = mix(seed) % blocks | 1;
  while (std::gcd(factor, blocks) != 1) factor += 2;
  const auto product = static_cast<unsigned __int128>(position) * factor + mix(seed + 1);
  return static_cast<uint64_t>(product % blocks);
}

void OrderStream::seed(uint64_t seed, uint64_t block) {
  state_ = mix(seed + 0x9E3779B97F4A7C15ull * (block + 1)) | 1;
}

}  // namespace simt
