#include "banks.h"

#include <algorithm>

#include "device/runtime.h"

int simt_counts_banks = 0;

namespace simt {

namespace {

constexpr unsigned BANKS = 32, BANK_BYTES = 4, LANES = 32;

// Turns beyond the first for the words of up to 32 lanes.
int64_t extraTurns(const uint64_t* words, unsigned count) {
  int64_t most = 1;
  for (unsigned i = 0; i < count; ++i) {
    int64_t inBank = 0;
    for (unsigned j = 0; j < count; ++j) {
      const bool first = std::find(words, words + j, words[j]) == words + j;
      inBank += first && words[j] % BANKS == words[i] % BANKS;
    }
    most = std::max(most, inBank);
  }
  return most - 1;
}

}  // namespace

Banks& Banks::instance() {
  static Banks banks;
  return banks;
}

void Banks::set(bool counts) {
  std::lock_guard<std::mutex> lock(mutex_);
  conflicts_.clear();
  simt_counts_banks = counts;
}

void Banks::count(const char* kernel, const uint64_t* addresses, uint32_t lanes, unsigned bytes) {
  const unsigned wordsPerLane = bytes / BANK_BYTES, lanesPerTurn = LANES / wordsPerLane;
  int64_t extra = 0;
  for (unsigned begin = 0; begin < LANES; begin += lanesPerTurn) {
    uint64_t words[LANES];
    unsigned count = 0;
    for (unsigned lane = begin; lane < begin + lanesPerTurn; ++lane)
      for (unsigned w = 0; lanes >> lane & 1 && w < wordsPerLane; ++w)
        words[count++] = addresses[lane] / BANK_BYTES + w;
    extra += extraTurns(words, count);
  }
  std::lock_guard<std::mutex> lock(mutex_);
  conflicts_[kernel] += extra;
}

int64_t Banks::conflicts(const char* kernel) {
  std::lock_guard<std::mutex> lock(mutex_);
  const auto found = conflicts_.find(kernel);
  return found == conflicts_.end() ? -1 : found->second;
}

}  // namespace simt
