// tensor_tile.cuh: the tiles of a product on tensor cores in shared memory. A tile holds EXTENT elements of
// one operand, 64 bytes of depth each: 32 bfloat16 or 16 single-precision numbers, as 16 words. Its
// 16-byte chunks are permuted,
//   byte(i, chunk) = 64 i + 16 (chunk xor (i / 2 mod 4)),
// so that ldmatrix (8 elements, one chunk) and the stores of both loading patterns below touch each of the 32
// banks once.
#pragma once
#include "async_copy.cuh"
#include "mma.cuh"

#if !SIMT_FAT

constexpr int TENSOR_WORDS = 16;  // words of depth of one element
constexpr int TENSOR_SCRATCH = 2 * (32 + 256) * TENSOR_WORDS;

// ROWS x COLUMNS sums of a block, WARP_ROWS x WARP_COLUMNS of a warp.
template <int ROWS_, int COLUMNS_, int WARP_ROWS_, int WARP_COLUMNS_>
struct TensorTile {
  static constexpr int ROWS = ROWS_, COLUMNS = COLUMNS_, WARP_ROWS = WARP_ROWS_, WARP_COLUMNS = WARP_COLUMNS_;
  static constexpr int THREADS = 256, WARPS_X = COLUMNS / WARP_COLUMNS,
                       STAGE = (ROWS + COLUMNS) * TENSOR_WORDS;
  static_assert(WARPS_X * (ROWS / WARP_ROWS) * 32 == THREADS, "whole blocks of warps");
  static_assert(ROWS % 32 == 0 && COLUMNS % 32 == 0 && WARP_COLUMNS % 16 == 0, "whole rounds of loads");
  static_assert(2 * STAGE <= TENSOR_SCRATCH, "two stages fit the scratch");
};

// Two stages of both tiles. One place for all kernels of the fibers' image, because a checked run poisons all
// shared memory before each block.
inline __device__ uint32_t* tensorScratch() {
  SIMT_SHARED(uint32_t, tensor_tiles, [TENSOR_SCRATCH]);
  return tensor_tiles;
}

// Where word `word` of element i lies in a tile.
__device__ __forceinline__ int tensorWord(int i, int word) {
  return i * TENSOR_WORDS + ((word / 4 ^ (i / 2 & 3)) * 4 | word % 4);
}

// Which element and word a thread loads in round n. Where neighbours in depth are neighbours in memory, 16
// lanes take the words of one element; else 8 lanes take neighbouring elements, and the other lanes the words
// of the same chunk. A thread keeps its word in all rounds.
struct TensorPattern {
  int word, first, step;

  explicit __device__ __forceinline__ TensorPattern(bool depthFastest) {
    const int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    word = depthFastest ? lane % 16 : warp % 4 * 4 + lane / 8;
    first = depthFastest ? warp * 2 + lane / 16 : warp / 4 * 8 + lane % 8;
    step = 16;
  }
  __device__ __forceinline__ int element(int round) const { return first + step * round; }
};

// Factors as bfloat16: loaded into registers, rounded on the way into shared memory.
struct Bfloat16 {
  static constexpr int DEPTH = 32;

  template <int ROUNDS>
  struct Staging {
    float low[ROUNDS] = {}, high[ROUNDS] = {};

    template <class Source>
    __device__ __forceinline__ void begin(const Source& source, const typename Source::Element* elements,
                                          const TensorPattern& pattern, int k, uint32_t*) {
      const auto first = source.depth(k + 2 * pattern.word), second = source.depth(k + 2 * pattern.word + 1);
      SIMT_UNROLL
      for (int n = 0; n < ROUNDS; ++n) {
        const float *a = source.find(elements[n], first), *b = source.find(elements[n], second);
        low[n] = a ? *a : 0.0f;
        high[n] = b ? *b : 0.0f;
      }
    }
    __device__ __forceinline__ void end(const TensorPattern& pattern, uint32_t* tile) {
      SIMT_UNROLL
      for (int n = 0; n < ROUNDS; ++n) {
        uint32_t* target = tile + tensorWord(pattern.element(n), pattern.word);
        sharedAccess(target, 4);
        *target = rounding::bfloat16Pair(low[n], high[n]);
      }
    }
  };

  template <int M, int N>
  static __device__ __forceinline__ void add(float (&sums)[M][N][4], const uint32_t (&a)[M][4],
                                             const uint32_t (&b)[N][2]) {
    SIMT_UNROLL
    for (int m = 0; m < M; ++m) SIMT_UNROLL
    for (int n = 0; n < N; ++n) mma::addBfloat16(sums[m][n], a[m], b[n]);
  }
};

// Factors in single precision, copied without passing the registers and rounded after they are read.
struct SinglePrecisionFactors {
  static constexpr int DEPTH = 16;

  template <int ROUNDS>
  struct Staging {
    AsyncCopies<ROUNDS> copies;

    template <class Source>
    __device__ __forceinline__ void begin(const Source& source, const typename Source::Element* elements,
                                          const TensorPattern& pattern, int k, uint32_t* tile) {
      const auto depth = source.depth(k + pattern.word);
      SIMT_UNROLL
      for (int n = 0; n < ROUNDS; ++n)
        copies.copy((float*)tile + tensorWord(pattern.element(n), pattern.word),
                    source.find(elements[n], depth), source.data());
    }
    __device__ __forceinline__ void end(const TensorPattern&, uint32_t*) { copies.wait(); }
  };
};

struct Tf32 : SinglePrecisionFactors {
  template <int M, int N>
  static __device__ __forceinline__ void add(float (&sums)[M][N][4], uint32_t (&a)[M][4],
                                             uint32_t (&b)[N][2]) {
    SIMT_UNROLL
    for (int m = 0; m < M; ++m) round(a[m]);
    SIMT_UNROLL
    for (int n = 0; n < N; ++n) round(b[n]);
    SIMT_UNROLL
    for (int m = 0; m < M; ++m) SIMT_UNROLL
    for (int n = 0; n < N; ++n) mma::addTf32(sums[m][n], a[m], b[n]);
  }

  template <int WORDS>
  static __device__ __forceinline__ void round(uint32_t (&words)[WORDS]) {
    SIMT_UNROLL
    for (int i = 0; i < WORDS; ++i) words[i] = __float_as_uint(rounding::tf32(__uint_as_float(words[i])));
  }
};

// The small products first: added to small sums, they lose least.
struct Tf32x3 : SinglePrecisionFactors {
  template <int M, int N>
  static __device__ __forceinline__ void add(float (&sums)[M][N][4], uint32_t (&a)[M][4],
                                             uint32_t (&b)[N][2]) {
    uint32_t bRest[N][2];
    SIMT_UNROLL
    for (int n = 0; n < N; ++n) split(b[n], bRest[n]);
    SIMT_UNROLL
    for (int m = 0; m < M; ++m) {
      uint32_t aRest[4];
      split(a[m], aRest);
      SIMT_UNROLL
      for (int n = 0; n < N; ++n) mma::addTf32(sums[m][n], aRest, b[n]);
      SIMT_UNROLL
      for (int n = 0; n < N; ++n) mma::addTf32(sums[m][n], a[m], bRest[n]);
      SIMT_UNROLL
      for (int n = 0; n < N; ++n) mma::addTf32(sums[m][n], a[m], b[n]);
    }
  }

  template <int WORDS>
  static __device__ __forceinline__ void split(uint32_t (&words)[WORDS], uint32_t (&rest)[WORDS]) {
    SIMT_UNROLL
    for (int i = 0; i < WORDS; ++i) {
      const float value = __uint_as_float(words[i]);
      words[i] = __float_as_uint(rounding::tf32(value));
      rest[i] = __float_as_uint(rounding::tf32Rest(value));
    }
  }
};

#endif
