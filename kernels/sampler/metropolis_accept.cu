// metropolis_accept_w: the Metropolis-Hastings test of a Langevin proposal, chain by chain (MALA: Besag 1994;
// Roberts & Tweedie 1996).
//   log alpha = (U(x') - U(x)) / T + log q(x | x') - log q(x' | x),
//   q(b | a) = N(b; a + eps P g(a), 2 eps P T) (+ mirror images, reflect), P = diag(diagonal), or 1 where
//   diagonal is null
// accepts when ln u < log alpha, u = uniform of (seed, counter[0], c). An accepted chain takes over x', g(x')
// and U(x'). A log alpha that is NaN or infinite rejects and adds 1 to broken[c]; with walls a proposal
// outside the box rejects.
//   acceptance[c] = min(1, alpha), log_ratio[c] = log alpha (log_ratio may be null); accepted[c] and
//   broken[c] count on.
// x extent chains, a block per chain. 16 bytes per element, 24 when accepted.
#include "langevin.cuh"
#include "philox.cuh"
#include "reduce.cuh"

namespace metropolis_accept_kernels {

constexpr int THREADS = SIMT_FAT ? 1 : 256;

// 4 eps T (log q(x | x') - log q(x' | x)) of coordinate i. Not a lambda, because the host compiler must
// inline it to vectorise the sum.
template <int WALL, bool SCALED>
struct ProposalRatio {
  const float *x, *g, *next, *next_g, *diagonal;
  float eps, scale, inverse;
  __device__ __forceinline__ float operator()(long long i) const {
    const float p = SCALED ? diagonal[i] : 1.0f, reciprocal = SCALED ? 1.0f / p : 1.0f;
    const float step = eps * p, width = scale * p, narrow = inverse * reciprocal;
    const float there = langevin::cost<WALL>(next[i], fmaf(step, g[i], x[i]), width, narrow);
    const float back = langevin::cost<WALL>(x[i], fmaf(step, next_g[i], next[i]), width, narrow);
    return (there - back) * reciprocal;
  }
};

struct Outcome {
  float log_ratio;
  bool outside;
};

template <int WALL>
__device__ __forceinline__ Outcome compare(const float* x, const float* g, const float* next,
                                           const float* next_g, const float* diagonal, float change,
                                           float eps, float temperature, int dimension) {
  const float scale = 4.0f * eps * temperature, inverse = 1.0f / scale;
  const float difference =
      diagonal ? reduce::sum<THREADS>(
                     dimension, ProposalRatio<WALL, true>{x, g, next, next_g, diagonal, eps, scale, inverse})
               : reduce::sum<THREADS>(
                     dimension, ProposalRatio<WALL, false>{x, g, next, next_g, nullptr, eps, scale, inverse});
  bool outside = false;
  if constexpr (WALL == langevin::REFLECT)
    outside =
        reduce::maximum<THREADS>(dimension, [=](long long i) { return math::absolute(next[i]); }) > 1.0f;
  return Outcome{change / temperature + difference * inverse, outside};
}

template <int WALL>
__device__ __forceinline__ void accept(float* state, float* gradient, float* log_density, float* acceptance,
                                       float* log_ratio, unsigned int* accepted, unsigned int* broken,
                                       const float* proposal, const float* proposal_gradient,
                                       const float* proposal_log_density, const float* step_size,
                                       const float* diagonal, const unsigned int* counter, int dimension,
                                       float temperature, unsigned long long seed) {
  SIMT_SHARED(int, decision, [1]);
  const unsigned int chain = blockIdx.x;
  const long long first = (long long)chain * dimension;
  float *x = state + first, *g = gradient + first;
  const float *next = proposal + first, *next_g = proposal_gradient + first;
  const Outcome outcome =
      compare<WALL>(x, g, next, next_g, diagonal, proposal_log_density[chain] - log_density[chain],
                    step_size[0], temperature, dimension);
  if (threadIdx.x == 0) {
    const bool finite = math::absolute(outcome.log_ratio) < math::infinity(),
               possible = finite && !outcome.outside;
    const philox::Stream stream = philox::stream(seed, chain, counter[0], philox::PURPOSE_ACCEPTANCE);
    const bool taken =
        possible && math::log_normal(philox::uniform(philox::words(stream, 0u).x)) < outcome.log_ratio;
    acceptance[chain] = possible ? math::exp(outcome.log_ratio < 0.0f ? outcome.log_ratio : 0.0f) : 0.0f;
    if (log_ratio) log_ratio[chain] = outcome.outside ? -math::infinity() : outcome.log_ratio;
    accepted[chain] += taken;
    broken[chain] += !finite;
    if (taken) log_density[chain] = proposal_log_density[chain];
    decision[0] = taken;
  }
  __syncthreads();
  if (decision[0]) SIMT_TILE_LOOP(i, 0, dimension) {
      x[i] = next[i];
      g[i] = next_g[i];
    }
}

}  // namespace metropolis_accept_kernels

#define METROPOLIS_ACCEPT(name, wall)                                                                       \
  extern "C" __global__ void metropolis_accept_##name(                                                      \
      float* state, float* gradient, float* log_density, float* acceptance, float* log_ratio,               \
      unsigned int* accepted, unsigned int* broken, const float* proposal, const float* proposal_gradient,  \
      const float* proposal_log_density, const float* step_size, const float* diagonal,                     \
      const unsigned int* counter, int dimension, float temperature, unsigned long long seed) {             \
    metropolis_accept_kernels::accept<langevin::wall>(                                                      \
        state, gradient, log_density, acceptance, log_ratio, accepted, broken, proposal, proposal_gradient, \
        proposal_log_density, step_size, diagonal, counter, dimension, temperature, seed);                  \
  }                                                                                                         \
  SIMT_KERNEL(metropolis_accept_##name, metropolis_accept_kernels::THREADS, 1, 1, 1)

METROPOLIS_ACCEPT(none, NONE)
METROPOLIS_ACCEPT(reflect, REFLECT)
