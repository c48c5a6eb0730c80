// langevin_propose_w:  x'[c,i] = wall(x[c,i] + eps P[i] g[c,i] + sqrt(2 eps P[i] T) xi),  xi = standard
// normal of (seed, counter[0], c, i) for every chain c < chains and coordinate i < dimension; g is the
// gradient of U at x, eps = step_size[0], T the temperature, P = diagonal, or 1 where diagonal is null. w:
// none, clip, reflect at the box [-1, 1] (langevin.cuh). x' may be x. x extent chains, y extent dimension. 12
// bytes per element.
#include "langevin.cuh"
#include "philox.cuh"

namespace langevin_propose_kernels {

constexpr int THREADS = SIMT_FAT ? 1 : 128, TILE = SIMT_FAT ? 4096 : THREADS * philox::WORDS;

template <int WALL>
__device__ __forceinline__ void propose(float* proposal, const float* state, const float* gradient,
                                        const float* step_size, const float* diagonal,
                                        const unsigned int* counter, int dimension, float temperature,
                                        unsigned long long seed) {
  const long long begin = (long long)blockIdx.y * TILE,
                  end = begin + TILE < dimension ? begin + TILE : dimension;
  const long long chain = (long long)blockIdx.x * dimension;
  const float *x = state + chain, *g = gradient + chain;
  float* next = proposal + chain;
  const float eps = step_size[0], deviation = sqrtf(2.0f * eps * temperature);
  const philox::Stream stream = philox::stream(seed, blockIdx.x, counter[0], philox::PURPOSE_PROPOSAL);
  if (diagonal)
    philox::for_each<philox::Normals, THREADS>(stream, begin, end, [=](long long i, float noise) {
      const float p = diagonal[i];
      next[i] = langevin::confine<WALL>(fmaf(deviation * sqrtf(p), noise, fmaf(eps * p, g[i], x[i])));
    });
  else
    philox::for_each<philox::Normals, THREADS>(stream, begin, end, [=](long long i, float noise) {
      next[i] = langevin::confine<WALL>(fmaf(deviation, noise, fmaf(eps, g[i], x[i])));
    });
}

}  // namespace langevin_propose_kernels

#define LANGEVIN_PROPOSE(name, wall)                                                                         \
  extern "C" __global__ void langevin_propose_##name(                                                        \
      float* proposal, const float* state, const float* gradient, const float* step_size,                    \
      const float* diagonal, const unsigned int* counter, int dimension, float temperature,                  \
      unsigned long long seed) {                                                                             \
    langevin_propose_kernels::propose<langevin::wall>(proposal, state, gradient, step_size, diagonal,        \
                                                      counter, dimension, temperature, seed);                \
  }                                                                                                          \
  SIMT_KERNEL(langevin_propose_##name, langevin_propose_kernels::THREADS, 1, langevin_propose_kernels::TILE, \
              1)

LANGEVIN_PROPOSE(none, NONE)
LANGEVIN_PROPOSE(clip, CLIP)
LANGEVIN_PROPOSE(reflect, REFLECT)
