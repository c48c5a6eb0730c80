// binary_f:     out[i] = f(a[i], b[i]); out may be a or b. 12 bytes per element.
// broadcast_f:  out[i0,i1,i2,i3] = f(a[sum i_k sa_k], b[sum i_k sb_k]), out row-major packed.
//               4 bytes per element of out, and what a and b hold.
// maximum and minimum give NaN when one operand is NaN.
#include "strided.cuh"

namespace binary {

__device__ __forceinline__ float add(float a, float b) { return a + b; }
__device__ __forceinline__ float subtract(float a, float b) { return a - b; }
__device__ __forceinline__ float multiply(float a, float b) { return a * b; }
__device__ __forceinline__ float divide(float a, float b) { return a / b; }
__device__ __forceinline__ float maximum(float a, float b) { return (a > b) | (a != a) ? a : b; }
__device__ __forceinline__ float minimum(float a, float b) { return (a < b) | (a != a) ? a : b; }

}  // namespace binary

#define BINARY(function)                                                                                  \
  extern "C" __global__ void binary_##function(float* out, const float* a, const float* b, long long n) { \
    elementwise::for_each(n, [=](long long i) { out[i] = binary::function(a[i], b[i]); });                \
  }                                                                                                       \
  ELEMENTWISE_KERNEL(binary_##function)                                                                   \
  extern "C" __global__ void broadcast_##function(float* out, const float* a, const float* b, int d0,     \
                                                  int d1, int d2, int d3, long long sa0, long long sa1,   \
                                                  long long sa2, long long sa3, long long sb0,            \
                                                  long long sb1, long long sb2, long long sb3) {          \
    strided::for_each(                                                                                    \
        {d0, d1, d2, d3}, {sa0, sa1, sa2, sa3}, {sb0, sb1, sb2, sb3},                                     \
        [=](long long i, long long ia, long long ib) { out[i] = binary::function(a[ia], b[ib]); });       \
  }                                                                                                       \
  ELEMENTWISE_KERNEL(broadcast_##function)

BINARY(add)
BINARY(subtract)
BINARY(multiply)
BINARY(divide)
BINARY(maximum)
BINARY(minimum)
