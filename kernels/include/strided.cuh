// Elementwise loops over arrays of up to four dimensions with a stride per dimension and operand (0 repeats
// an operand: broadcasting). The host merges dimensions that lie together, so the last one is as long as it
// can be.
#pragma once
#include "elementwise.cuh"

namespace strided {

// The last dimension fastest; sizes below 2^31 elements in all, the host sees to it.
struct Dimensions {
  int d0, d1, d2, d3;
};
struct Strides {
  long long s0, s1, s2, s3;
  __device__ __forceinline__ long long offset(int i0, int i1, int i2, int i3) const {
    return i0 * s0 + i1 * s1 + i2 * s2 + i3 * s3;
  }
};

// body(i, a, b): element i in row-major order over the dimensions, at offsets a and b of two operands. GPU:
// an element per thread. CPU: runs along the last dimension; the strides 1 and 0 are told to the compiler,
// because only then does it use vector loads.
template <int STRIDE_A, int STRIDE_B, class Body>
__device__ __forceinline__ void run(long long i, int length, long long a, long long stepA, long long b,
                                    long long stepB, Body body) {
  const long long da = STRIDE_A < 0 ? stepA : STRIDE_A, db = STRIDE_B < 0 ? stepB : STRIDE_B;
  SIMT_LANES
  for (int k = 0; k < length; ++k) body(i + k, a + k * da, b + k * db);
}

template <class Body>
__device__ __forceinline__ void for_each(Dimensions d, Strides sa, Strides sb, Body body) {
  const int n = d.d0 * d.d1 * d.d2 * d.d3, begin = (int)blockIdx.x * elementwise::TILE;
  const int end = n - begin > elementwise::TILE ? begin + elementwise::TILE : n;
  const int step = SIMT_FAT ? d.d3 : elementwise::THREADS;
  for (int i = SIMT_FAT ? begin - begin % d.d3 : begin + (int)threadIdx.x; i < end; i += step) {
    const int row = i / d.d3, i3 = i % d.d3, i2 = row % d.d2, plane = row / d.d2, i1 = plane % d.d1,
              i0 = plane / d.d1;
    const long long a = sa.offset(i0, i1, i2, i3), b = sb.offset(i0, i1, i2, i3);
    if constexpr (!SIMT_FAT) {
      body(i, a, b);
    } else {
      const int skip = i < begin ? begin - i : 0, stop = end - i < d.d3 ? end - i : d.d3,
                length = stop - skip;
      const long long first = i + skip, a0 = a + skip * sa.s3, b0 = b + skip * sb.s3;
      if (sa.s3 == 1 && sb.s3 == 1)
        run<1, 1>(first, length, a0, 1, b0, 1, body);
      else if (sa.s3 == 1 && sb.s3 == 0)
        run<1, 0>(first, length, a0, 1, b0, 0, body);
      else if (sa.s3 == 0 && sb.s3 == 1)
        run<0, 1>(first, length, a0, 0, b0, 1, body);
      else
        run<-1, -1>(first, length, a0, sa.s3, b0, sb.s3, body);
    }
  }
}

}  // namespace strided
