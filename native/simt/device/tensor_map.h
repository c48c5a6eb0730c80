// What the CPU's driver stores in a CUtensorMap: cuTensorMapEncode* write it, the portable copies of
// kernels/include/hopper_copy.cuh read it. Dimension 0 is the one whose elements are neighbours in memory.
#pragma once

#include <cstdint>

namespace simt {

struct alignas(64) TensorMap {
  static constexpr int MOST_DIMENSIONS = 5;
  static constexpr uint32_t MAGIC = 0x314d5453;  // "STM1"

  uint32_t magic;
  uint8_t rank;
  uint8_t elementBytes;
  uint8_t im2col;       // 1, or 0 for boxes
  uint8_t swizzleSpan;  // in units of 16 bytes: 1 (none), 2, 4, 8
  uint64_t address;
  uint64_t strides[MOST_DIMENSIONS - 1];  // in bytes, of dimensions 1..
  uint32_t lastIndex[MOST_DIMENSIONS];    // sizes less 1
  uint16_t box[MOST_DIMENSIONS];          // im2col: channels and pixels
  uint8_t steps[MOST_DIMENSIONS];         // the elements between two that are copied
  uint8_t nanFill;
  int16_t lowerCorner[MOST_DIMENSIONS - 2];  // im2col: of the positions, W first
  int16_t upperCorner[MOST_DIMENSIONS - 2];
};
static_assert(sizeof(TensorMap) == 128, "a CUtensorMap has 128 bytes");

}  // namespace simt
