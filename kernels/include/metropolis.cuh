// metropolis.cuh: the Metropolis-Hastings decision of one chain (MALA: Besag 1994; Roberts & Tweedie 1996),
// shared by the kernels that make it.
//   log alpha = (U(x') - U(x)) / T + log q(x | x') - log q(x' | x),
//   q(b | a) = N(b; a + eps P g(a), 2 eps P T) (+ mirror images, reflect)
#pragma once
#include "langevin.cuh"
#include "philox.cuh"
#include "reduce.cuh"

namespace metropolis {

constexpr int THREADS = SIMT_FAT ? 1 : 256;

// 4 eps T (log q(x | x') - log q(x' | x)) of a coordinate with its p = P[i].
template <int WALL, bool SCALED>
__device__ __forceinline__ float proposalRatio(float x, float g, float next, float nextG, float p, float eps,
                                               float scale, float inverse) {
  const float reciprocal = SCALED ? 1.0f / p : 1.0f;
  const float step = eps * p, width = scale * p, narrow = inverse * reciprocal;
  const float there = langevin::cost<WALL>(next, fmaf(step, g, x), width, narrow);
  const float back = langevin::cost<WALL>(x, fmaf(step, nextG, next), width, narrow);
  return (there - back) * reciprocal;
}

// What a step keeps of each chain.
struct Record {
  float *logDensity, *acceptance, *logRatio;  // logRatio may be null
  unsigned int *accepted, *broken;
};

// Decides for the block's chain by `logRatio` = log alpha, writes the record, and tells every thread. A log
// alpha that is NaN or infinite rejects and counts as broken; so does, uncounted, a proposal outside the box.
__device__ __forceinline__ bool decide(const Record& record, float logRatio, bool outside,
                                       const float* proposalLogDensity, const unsigned int* counter,
                                       unsigned long long seed) {
  SIMT_SHARED(int, decision, [1]);
  const unsigned int chain = blockIdx.x;
  if (threadIdx.x == 0) {
    const bool finite = math::absolute(logRatio) < math::infinity(), possible = finite && !outside;
    const philox::Stream stream = philox::stream(seed, chain, counter[0], philox::PURPOSE_ACCEPTANCE);
    const bool taken = possible && math::log_normal(philox::uniform(philox::words(stream, 0u).x)) < logRatio;
    record.acceptance[chain] = possible ? math::exp(logRatio < 0.0f ? logRatio : 0.0f) : 0.0f;
    if (record.logRatio) record.logRatio[chain] = outside ? -math::infinity() : logRatio;
    record.accepted[chain] += taken;
    record.broken[chain] += !finite;
    if (taken) record.logDensity[chain] = proposalLogDensity[chain];
    decision[0] = taken;
  }
  __syncthreads();
  return decision[0];
}

}  // namespace metropolis
