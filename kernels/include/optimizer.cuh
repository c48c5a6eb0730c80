// The slots of an optimizer's hyper-parameters, which live in device memory so that a captured program can be
// replayed with new ones.
#pragma once
#include "simt.cuh"

namespace optimizer {

enum Hyper {
  RATE,
  BETA1,
  BETA2,
  EPSILON,
  CLIP_NORM,
  WEIGHT_DECAY,
  SLOTS = 8
};  // the order of org.stic.kernels.Optimizer.Hyper

// The factor that scales gradients of this norm down to the clip norm; a clip norm of 0 means no clipping. A
// NaN norm stays NaN.
__device__ __forceinline__ float clip(const float* hyper, float norm) {
  const float limit = hyper[CLIP_NORM];
  return (limit > 0.0f) & !(norm <= limit) ? limit / norm : 1.0f;
}

}  // namespace optimizer
