// What every lane of a warp holds, for operations that read many lanes at once, such as a matrix product.
#pragma once

#include "shared.h"
#include "warp.h"

namespace simt {

// Words that a lane can show the others.
constexpr int EXCHANGE_WORDS = 8, EXCHANGE_WARPS = 32;

typedef uint32_t ExchangedLanes[32][EXCHANGE_WORDS];

inline ExchangedLanes& exchangedLanes() {
  SIMT_SHARED(ExchangedLanes, warp_exchange, [EXCHANGE_WARPS]);
  return warp_exchange[threadIdx.x / 32];
}

// Shows `count` words to the whole warp, and calls read(lanes) when all lanes have shown theirs. All 32 lanes
// must take part.
template <class Read>
inline void exchange(const uint32_t* words, int count, Read read) {
  ExchangedLanes& lanes = exchangedLanes();
  for (int i = 0; i < count; ++i) lanes[simt_lane()][i] = words[i];
  __syncwarp();
  read(lanes);
  __syncwarp();
}

}  // namespace simt
