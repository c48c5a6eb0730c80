// fill: out[i] = value. 4 bytes per element.
#include "elementwise.cuh"

extern "C" __global__ void fill(float* out, long long n, float value) {
  elementwise::for_each(n, [=](long long i) { out[i] = value; });
}
ELEMENTWISE_KERNEL(fill)
