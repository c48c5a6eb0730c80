// spin: turns until the device's timer has moved by so many nanoseconds, then spun[0] = nanoseconds. One
// thread, x extent 1. Work of known duration, for what measures durations: choose it long against the steps
// of the timer, which are up to 1 us on a GPU.
#include "simt.cuh"

extern "C" __global__ void spin(int* spun, int nanoseconds) {
  const long long start = simt_nanoseconds();
  while (simt_nanoseconds() - start < nanoseconds) {
  }
  spun[0] = nanoseconds;
}
SIMT_KERNEL(spin, 1, 1, 1, 1)
