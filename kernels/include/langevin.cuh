// What the Langevin proposal and its Metropolis test share: the walls of the box [-1, 1]^d and the density of
// a proposal.
//   proposal  x' = wall(x + eps g(x) + sqrt(2 eps T) xi),  xi ~ N(0, 1) per coordinate
#pragma once
#include "math.cuh"

namespace langevin {

enum Wall { NONE, CLIP, REFLECT };  // the order of org.stic.kernels.Wall

// A coordinate that overshoots a wall by more than the whole box stays outside after one reflection, where
// the target has no mass and the Metropolis test rejects: so three images are the whole density of what can
// be accepted.
template <int WALL>
__device__ __forceinline__ float confine(float x) {
  if constexpr (WALL == CLIP) return x < -1.0f ? -1.0f : (x > 1.0f ? 1.0f : x);
  if constexpr (WALL == REFLECT) return x < -1.0f ? -2.0f - x : (x > 1.0f ? 2.0f - x : x);
  return x;
}

// 4 eps T times the negative logarithm of q(b | a) for one coordinate, up to the constant that both
// directions share; `mean` = a + eps g(a), scale = 4 eps T, inverse = 1 / scale. With walls the images b, 2 -
// b and -2 - b add up: d^2 of the nearest one, less a log-sum-exp of the others.
template <int WALL>
__device__ __forceinline__ float cost(float b, float mean, float scale, float inverse) {
  const float d = b - mean, square = d * d;
  if constexpr (WALL != REFLECT) return square;
  const float up = (2.0f - b) - mean, down = (-2.0f - b) - mean, up2 = up * up, down2 = down * down;
  // Sorted without a branch: nearest, then the two others in any order.
  const float low = up2 < down2 ? up2 : down2, high = up2 < down2 ? down2 : up2;
  const float nearest = low < square ? low : square, second = low < square ? square : low;
  const float others =
      math::exp_of_negative((nearest - second) * inverse) + math::exp_of_negative((nearest - high) * inverse);
  return fmaf(-scale, math::log_normal(1.0f + others), nearest);
}

}  // namespace langevin
