// What a launch costs, in nanoseconds: `launch_bench` prints one line a shape, the least of 500 short
// repetitions, which others on the machine do not disturb.
#include <chrono>
#include <cstdio>
#include <string>

#include "control.h"
#include "cuda_api.h"

namespace {

double nanosecondsPerLaunch(CUfunction function, unsigned grid, unsigned block, int launches) {
  CUdeviceptr unused = 0;
  void* parameters[] = {&unused};
  double least = 1e30;
  for (int repetition = 0; repetition < 500; ++repetition) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < launches; ++i)
      cuLaunchKernel(function, grid, 1, 1, block, 1, 1, 0, nullptr, parameters, nullptr);
    const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - begin;
    if (time.count() / launches < least) least = time.count() / launches;
  }
  return least;
}

// Seconds for 2000 blocks of pure arithmetic, the least of 7 in turn with the other number of workers.
void compareWorkers(CUfunction function, CUdeviceptr output) {
  int steps = 3000;
  void* parameters[] = {&output, &steps};
  double least[2] = {1e30, 1e30};
  for (int repetition = 0; repetition < 7; ++repetition)
    for (int workers : {1, 2}) {
      stic_simt_set_workers(workers);
      const auto begin = std::chrono::steady_clock::now();
      cuLaunchKernel(function, 2000, 1, 1, 1, 1, 1, 0, nullptr, parameters, nullptr);
      const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
      if (time.count() < least[workers - 1]) least[workers - 1] = time.count();
    }
  printf("2000 blocks of work: 1 worker %.1f ms, 2 workers %.1f ms: %.2fx\n", 1e3 * least[0], 1e3 * least[1],
         least[0] / least[1]);
}

}  // namespace

int main() {
  CUcontext context;
  CUmodule module;
  CUfunction function, work;
  CUdeviceptr output;
  if (cuInit(0) || cuDevicePrimaryCtxRetain(&context, 0) || cuCtxSetCurrent(context) ||
      cuModuleLoad(&module, (std::string(STIC_TEST_IMAGES) + "/test-fibers.so").c_str()) ||
      cuModuleGetFunction(&function, module, "nothing") ||
      cuModuleGetFunction(&work, module, "iterate_map") || cuMemAlloc_v2(&output, 2000 * sizeof(float))) {
    fprintf(stderr, "the driver or its test image cannot be used\n");
    return 1;
  }
  for (unsigned grid : {1u, 8u, 64u})
    printf("%4u blocks of    1 thread  %8.0f ns\n", grid, nanosecondsPerLaunch(function, grid, 1, 100));
  for (unsigned block : {32u, 256u, 1024u})
    printf("   1 block  of %4u threads %8.0f ns\n", block, nanosecondsPerLaunch(function, 1, block, 10));
  compareWorkers(work, output);
  return 0;
}
