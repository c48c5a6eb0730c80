// random_normal:   out[i] = standard normal
// random_uniform:  out[i] uniform in (0, 1)
// Functions of (seed, counter[0], i, purpose) alone, by Philox4x32-10 (philox.cuh). x extent n. 4 bytes per
// element.
#include "philox.cuh"

namespace random_kernels {

constexpr int THREADS = SIMT_FAT ? 1 : 128, TILE = SIMT_FAT ? 4096 : THREADS * philox::WORDS;

template <class Distribution>
__device__ __forceinline__ void draw(float* out, const unsigned int* counter, long long n,
                                     unsigned long long seed, int purpose) {
  const long long begin = (long long)blockIdx.x * TILE, end = begin + TILE < n ? begin + TILE : n;
  philox::for_each<Distribution, THREADS>(philox::stream(seed, 0u, counter[0], (unsigned int)purpose), begin,
                                          end, [=](long long i, float value) { out[i] = value; });
}

}  // namespace random_kernels

extern "C" __global__ void random_normal(float* out, const unsigned int* counter, long long n,
                                         unsigned long long seed, int purpose) {
  random_kernels::draw<philox::Normals>(out, counter, n, seed, purpose);
}
SIMT_KERNEL(random_normal, random_kernels::THREADS, random_kernels::TILE, 1, 1)

extern "C" __global__ void random_uniform(float* out, const unsigned int* counter, long long n,
                                          unsigned long long seed, int purpose) {
  random_kernels::draw<philox::Uniforms>(out, counter, n, seed, purpose);
}
SIMT_KERNEL(random_uniform, random_kernels::THREADS, random_kernels::TILE, 1, 1)
