// metropolis_step_w: metropolis_accept_w and the langevin_propose_w of the next step in one kernel, with the
// same bits. The test of step counter[0] decides between x and x'; from the winner the proposal of step
// counter[0] + 1 is drawn and written over x':
//   (x, g, U) = taken ? (x', g', U') : (x, g, U),   x' = wall(x + eps P g + sqrt(2 eps P T) xi)
// The step size must be the one that made the proposal: while it adapts, the two kernels apart are right.
// x extent chains, a block per chain; dimension <= metropolis_step_kernels::LARGEST. On a GPU each of x, g,
// x', g' is read once and kept in registers, and the noise passes through shared memory, because its four
// words belong to elements of four threads. 28 bytes per element.
#include "metropolis.cuh"

namespace metropolis_step_kernels {

using metropolis::THREADS;
constexpr int LARGEST = 3072;  // org.stic.kernels.Metropolis.LARGEST_CHAIN: 3 x 32 x 32
constexpr int SLOTS = SIMT_FAT ? 1 : LARGEST / THREADS;

struct Chain {
  float *x, *g, *next;
  const float *next_g, *diagonal;
  int dimension;
};

struct Step {
  float eps, temperature;
  philox::Stream noise;  // of the next proposal
};

// As langevin_propose.cu has it, to the bit.
template <int WALL>
__device__ __forceinline__ float propose(float x, float g, const float* diagonal, long long i, float noise,
                                         const Step& step, float deviation) {
  const float free = diagonal
                         ? fmaf(deviation * sqrtf(diagonal[i]), noise, fmaf(step.eps * diagonal[i], g, x))
                         : fmaf(deviation, noise, fmaf(step.eps, g, x));
  return langevin::confine<WALL>(free);
}

#if SIMT_FAT

template <int WALL, bool SCALED>
struct ProposalRatio {
  Chain chain;
  float eps, scale, inverse;
  __device__ __forceinline__ float operator()(long long i) const {
    return metropolis::proposalRatio<WALL, SCALED>(chain.x[i], chain.g[i], chain.next[i], chain.next_g[i],
                                                   SCALED ? chain.diagonal[i] : 1.0f, eps, scale, inverse);
  }
};

// The chain stays in the first-level cache from the sum to the selection.
template <int WALL, bool SCALED, class Decide>
__device__ __forceinline__ void advance(const Chain& chain, const Step& step, float*, Decide decide) {
  const float scale = 4.0f * step.eps * step.temperature, inverse = 1.0f / scale;
  const float ratio =
      reduce::sum<THREADS>(chain.dimension, ProposalRatio<WALL, SCALED>{chain, step.eps, scale, inverse});
  float farthest = 0.0f;
  if constexpr (WALL == langevin::REFLECT) {
    const float* next = chain.next;
    farthest =
        reduce::maximum<THREADS>(chain.dimension, [=](long long i) { return math::absolute(next[i]); });
  }
  if (decide(ratio * inverse, farthest)) SIMT_TILE_LOOP(i, 0, chain.dimension) {
      chain.x[i] = chain.next[i];
      chain.g[i] = chain.next_g[i];
    }
  const float deviation = sqrtf(2.0f * step.eps * step.temperature);
  const float *x = chain.x, *g = chain.g, *diagonal = SCALED ? chain.diagonal : nullptr;
  float* next = chain.next;
  philox::for_each<philox::Normals, THREADS>(step.noise, 0, chain.dimension, [=](long long i, float noise) {
    next[i] = propose<WALL>(x[i], g[i], diagonal, i, noise, step, deviation);
  });
}

#else

template <int WALL, bool SCALED, class Decide>
__device__ __forceinline__ void advance(const Chain& chain, const Step& step, float* noise, Decide decide) {
  float x[SLOTS] = {}, g[SLOTS] = {}, next[SLOTS] = {}, next_g[SLOTS] = {};
  const float scale = 4.0f * step.eps * step.temperature, inverse = 1.0f / scale;
  float ratio = 0.0f, farthest = -3.402823466e38f;
  SIMT_UNROLL
  for (int k = 0; k < SLOTS; ++k) {
    const int i = (int)threadIdx.x + k * THREADS;
    if (i >= chain.dimension) continue;
    x[k] = chain.x[i], g[k] = chain.g[i], next[k] = chain.next[i], next_g[k] = chain.next_g[i];
    ratio += metropolis::proposalRatio<WALL, SCALED>(
        x[k], g[k], next[k], next_g[k], SCALED ? chain.diagonal[i] : 1.0f, step.eps, scale, inverse);
    farthest = reduce::Maximum{}(farthest, math::absolute(next[k]));
  }
  philox::for_each<philox::Normals, THREADS>(step.noise, 0, chain.dimension,
                                             [=](long long i, float value) { noise[i] = value; });
  ratio = reduce::across_threads<THREADS>(ratio, reduce::Add{});
  if constexpr (WALL == langevin::REFLECT)
    farthest = reduce::across_threads<THREADS>(farthest, reduce::Maximum{});
  const bool taken = decide(ratio * inverse, farthest);
  const float deviation = sqrtf(2.0f * step.eps * step.temperature);
  SIMT_UNROLL
  for (int k = 0; k < SLOTS; ++k) {
    const int i = (int)threadIdx.x + k * THREADS;
    if (i >= chain.dimension) continue;
    if (taken) {
      chain.x[i] = x[k] = next[k];
      chain.g[i] = g[k] = next_g[k];
    }
    chain.next[i] =
        propose<WALL>(x[k], g[k], SCALED ? chain.diagonal : nullptr, i, noise[i], step, deviation);
  }
}

#endif

template <int WALL>
__device__ __forceinline__ void run(float* state, float* gradient, const metropolis::Record& record,
                                    float* proposal, const float* proposal_gradient,
                                    const float* proposal_log_density, const float* step_size,
                                    const float* diagonal, const unsigned int* counter, int dimension,
                                    float temperature, unsigned long long seed) {
  SIMT_SHARED(float, noise, [SLOTS * THREADS]);
  const unsigned int index = blockIdx.x;
  const long long first = (long long)index * dimension;
  const Chain chain{state + first, gradient + first, proposal + first, proposal_gradient + first,
                    diagonal,      dimension};
  const Step step{step_size[0], temperature,
                  philox::stream(seed, index, counter[0] + 1u, philox::PURPOSE_PROPOSAL)};
  const float change = proposal_log_density[index] - record.logDensity[index];
  const auto decide = [&](float ratio, float farthest) {
    const bool outside = WALL == langevin::REFLECT && farthest > 1.0f;
    return metropolis::decide(record, change / temperature + ratio, outside, proposal_log_density, counter,
                              seed);
  };
  if (diagonal)
    advance<WALL, true>(chain, step, noise, decide);
  else
    advance<WALL, false>(chain, step, noise, decide);
}

}  // namespace metropolis_step_kernels

#define METROPOLIS_STEP(name, wall)                                                                    \
  extern "C" __global__ void __launch_bounds__(metropolis::THREADS) metropolis_step_##name(            \
      float* state, float* gradient, float* log_density, float* acceptance, float* log_ratio,          \
      unsigned int* accepted, unsigned int* broken, float* proposal, const float* proposal_gradient,   \
      const float* proposal_log_density, const float* step_size, const float* diagonal,                \
      const unsigned int* counter, int dimension, float temperature, unsigned long long seed) {        \
    const metropolis::Record record{log_density, acceptance, log_ratio, accepted, broken};             \
    metropolis_step_kernels::run<langevin::wall>(state, gradient, record, proposal, proposal_gradient, \
                                                 proposal_log_density, step_size, diagonal, counter,   \
                                                 dimension, temperature, seed);                        \
  }                                                                                                    \
  SIMT_KERNEL(metropolis_step_##name, metropolis::THREADS, 1, 1, 1)

METROPOLIS_STEP(none, NONE)
METROPOLIS_STEP(reflect, REFLECT)
