// increment_counter: counter[0] += 1, the step number of everything random. One thread, x extent 1.
#include "simt.cuh"

extern "C" __global__ void increment_counter(unsigned int* counter) { counter[0] += 1u; }
SIMT_KERNEL(increment_counter, 1, 1, 1, 1)
