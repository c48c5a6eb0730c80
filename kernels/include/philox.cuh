// Random numbers as pure functions: Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as
// easy as 1, 2, 3", SC 2011).
//   key = seed (64 bit), counter = (call, chain, step, purpose) -> four 32-bit words, the same on every
//   device and in every geometry.
// One call serves four elements. They stand 32 apart: element e = 128 g + 32 p + l takes word p of call 32 g
// + l, so that 32 neighbouring calls fill 128 neighbouring elements with unit stride, in SIMD lanes on a CPU
// and in the lanes of a warp on a GPU.
#pragma once
#include "math.cuh"
#if SIMT_FAT && defined(__AVX2__)
#include "philox_avx2.cuh"
#endif

namespace philox {

constexpr int LANES = 32, WORDS = 4, GROUP = LANES * WORDS;

// Purposes of the sampler's own streams; those of RandomNumbers are below 2^31.
constexpr unsigned int PURPOSE_PROPOSAL = 0x80000001u, PURPOSE_ACCEPTANCE = 0x80000002u,
                       PURPOSE_SHIFT = 0x80000003u;

struct Stream {
  unsigned int chain, step, purpose, key0, key1;
};
__device__ __forceinline__ Stream stream(unsigned long long seed, unsigned int chain, unsigned int step,
                                         unsigned int purpose) {
  return Stream{chain, step, purpose, (unsigned int)seed, (unsigned int)(seed >> 32)};
}

struct Block {
  unsigned int x, y, z, w;
};

__device__ __forceinline__ Block round(Block c, unsigned int k0, unsigned int k1) {
  const unsigned long long a = 0xD2511F53ull * c.x, b = 0xCD9E8D57ull * c.z;
  return Block{(unsigned int)(b >> 32) ^ c.y ^ k0, (unsigned int)b, (unsigned int)(a >> 32) ^ c.w ^ k1,
               (unsigned int)a};
}

// The ten rounds; written out, because an inner loop keeps GCC from vectorising over the calls.
__device__ __forceinline__ Block words(Stream s, unsigned int call) {
  constexpr unsigned int W0 = 0x9E3779B9u, W1 = 0xBB67AE85u;
  const unsigned int k0 = s.key0, k1 = s.key1;
  Block c{call, s.chain, s.step, s.purpose};
  c = round(c, k0, k1);
  c = round(c, k0 + W0, k1 + W1);
  c = round(c, k0 + 2 * W0, k1 + 2 * W1);
  c = round(c, k0 + 3 * W0, k1 + 3 * W1);
  c = round(c, k0 + 4 * W0, k1 + 4 * W1);
  c = round(c, k0 + 5 * W0, k1 + 5 * W1);
  c = round(c, k0 + 6 * W0, k1 + 6 * W1);
  c = round(c, k0 + 7 * W0, k1 + 7 * W1);
  c = round(c, k0 + 8 * W0, k1 + 8 * W1);
  return round(c, k0 + 9 * W0, k1 + 9 * W1);
}

// Uniform in the open interval (0, 1): the 23 high bits, centred in their cell, so that the float is exact
// and never 0 or 1.
__device__ __forceinline__ float uniform(unsigned int word) {
  return fmaf((float)(int)(word >> 9), 0x1p-23f, 0x1p-24f);
}

// What a call's words become: N calls at once, out[p][l] from word p of call l. Short loops of one purpose
// each, all of which vectorise.
struct Uniforms {
  template <int N>
  static __device__ __forceinline__ void of(const unsigned int (&in)[WORDS][N], float (&out)[WORDS][N]) {
    SIMT_UNROLL
    for (int p = 0; p < WORDS; ++p) {
      SIMT_LANES
      for (int l = 0; l < N; ++l) out[p][l] = uniform(in[p][l]);
    }
  }
};
struct Normals {
  // Box-Muller: two words -> two independent standard normals, |z| < 5.8; radii first, then angles.
  template <int N>
  static __device__ __forceinline__ void pairs(const unsigned int (&a)[N], const unsigned int (&b)[N],
                                               float (&first)[N], float (&second)[N]) {
    float radius[N];
    SIMT_LANES
    for (int l = 0; l < N; ++l) radius[l] = sqrtf(-2.0f * math::log_normal(uniform(a[l])));
    SIMT_LANES
    for (int l = 0; l < N; ++l) {
      float sine, cosine;
      math::sincos_turns(uniform(b[l]), &sine, &cosine);
      first[l] = radius[l] * cosine;
      second[l] = radius[l] * sine;
    }
  }

  template <int N>
  static __device__ __forceinline__ void of(const unsigned int (&in)[WORDS][N], float (&out)[WORDS][N]) {
    pairs(in[0], in[1], out[0], out[1]);
    pairs(in[2], in[3], out[2], out[3]);
  }
};

// out[p][l] = word p of call first + l.
template <int N>
__device__ __forceinline__ void calls(Stream s, unsigned int first, unsigned int (&out)[WORDS][N]) {
#if SIMT_FAT && defined(__AVX2__)
  philox_avx2::calls(first, s.chain, s.step, s.purpose, s.key0, s.key1, out);
#else
  SIMT_LANES
  for (int l = 0; l < N; ++l) {
    const Block b = words(s, first + (unsigned int)l);
    out[0][l] = b.x;
    out[1][l] = b.y;
    out[2][l] = b.z;
    out[3][l] = b.w;
  }
#endif
}

// Gives each element of [begin, end) its number: use(element, value) once per element over the threads of the
// block. begin is a multiple of GROUP. Call numbers have 32 bits, so a stream holds 2^34 elements.
template <class Distribution, int THREADS, class Use>
__device__ __forceinline__ void for_each(Stream s, long long begin, long long end, Use use) {
  constexpr int N = SIMT_FAT ? LANES : 1;
  const int thread = SIMT_FAT ? 0 : (int)threadIdx.x;
  for (long long call = begin / WORDS + thread; call / LANES * GROUP < end;
       call += SIMT_FAT ? LANES : THREADS) {
    unsigned int word[WORDS][N];
    float value[WORDS][N];
    calls(s, (unsigned int)call, word);
    Distribution::of(word, value);
    const long long first = call / LANES * GROUP + call % LANES;
    SIMT_UNROLL
    for (int p = 0; p < WORDS; ++p) {
      const long long element = first + p * LANES, left = end - element;
      const int count = left < N ? (int)left : N;
      SIMT_LANES
      for (int l = 0; l < count; ++l) use(element + l, value[p][l]);
    }
  }
}

}  // namespace philox
