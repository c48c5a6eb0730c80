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
#include "metropolis.cuh"

namespace metropolis_accept_kernels {

using metropolis::THREADS;

// Not a lambda, because the host compiler must inline it to vectorise the sum.
template <int WALL, bool SCALED>
struct ProposalRatio {
  const float *x, *g, *next, *next_g, *diagonal;
  float eps, scale, inverse;
  __device__ __forceinline__ float operator()(long long i) const {
    return metropolis::proposalRatio<WALL, SCALED>(x[i], g[i], next[i], next_g[i],
                                                   SCALED ? diagonal[i] : 1.0f, eps, scale, inverse);
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
  const unsigned int chain = blockIdx.x;
  const long long first = (long long)chain * dimension;
  float *x = state + first, *g = gradient + first;
  const float *next = proposal + first, *next_g = proposal_gradient + first;
  const Outcome outcome =
      compare<WALL>(x, g, next, next_g, diagonal, proposal_log_density[chain] - log_density[chain],
                    step_size[0], temperature, dimension);
  const metropolis::Record record{log_density, acceptance, log_ratio, accepted, broken};
  if (metropolis::decide(record, outcome.log_ratio, outcome.outside, proposal_log_density, counter, seed))
    SIMT_TILE_LOOP(i, 0, dimension) {
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
