// Threads of a block: barriers, warp operations with exact masks, early exit, in every thread order.
#include <functional>

#include "control.h"
#include "gpu.h"

namespace {

CUfunction warpKernel(const char* name) {
  static CUmodule module = loadModule("test-fibers.so");
  return findFunction(module, name);
}

// Runs a kernel in forward, reverse and random orders and compares output[t] with expected(t).
void expectThreads(const char* kernel, int argument, const std::function<int(int)>& expected) {
  useDevice();
  for (int order = 0; order < 5; ++order) {
    EXPECT_OK(static_cast<CUresult>(stic_simt_set_order(order < 2 ? order : 2, order)));
    DeviceArray<int> output(64);
    EXPECT_OK(launch(warpKernel(kernel), 1, 64, nullptr, output.address(), argument));
    const std::vector<int> values = output.download();
    for (int t = 0; t < 64; ++t) EXPECT_EQUAL(values[t], expected(t));
  }
  stic_simt_set_order(0, 0);
}

}  // namespace

TEST(shuffleReadsTheNamedLane) {
  expectThreads("shuffle_index", 5, [](int t) { return (t / 32 * 32 + 5) * 3; });
  expectThreads("shuffle_index", 37, [](int t) { return (t / 32 * 32 + 5) * 3; });
}

TEST(shuffleUpStopsAtItsGroup) {
  expectThreads("shuffle_up", 3, [](int t) { return t % 8 < 3 ? t : t - 3; });
}

TEST(shuffleDownStopsAtItsGroup) {
  expectThreads("shuffle_down", 3, [](int t) { return t % 8 + 3 > 7 ? t : t + 3; });
}

TEST(shuffleXorStaysBelowTheNextGroup) {
  expectThreads("shuffle_xor", 5, [](int t) { return t ^ 5; });
  // Lanes of the upper group may read the lower one; the lower one keeps its own value.
  expectThreads("shuffle_xor", 16, [](int t) { return t % 32 < 16 ? t : t ^ 16; });
}

TEST(shuffleCarriesEightBytes) {
  expectThreads("shuffle_double", 7, [](int t) { return 4 * (t ^ 7) + 1; });
}

TEST(halvesOfAWarpVoteApart) {
  expectThreads("half_votes", 3, [](int t) {
    if (t % 32 >= 16) return 11;
    int ballot = 0;
    for (int lane = 0; lane < 16; ++lane) ballot |= ((t / 32 * 32 + lane) % 3 == 0) << lane;
    return ballot;
  });
}

TEST(lanesThatExitedDoNotVote) {
  expectThreads("vote_after_exit", 10, [](int t) { return t & 1 ? -1 : t < 32 ? 11 : 16; });
}

TEST(barrierOrdersEveryRound) {
  useDevice();
  for (int order = 0; order < 5; ++order) {
    stic_simt_set_order(order < 2 ? order : 2, order);
    DeviceArray<int> output(240);
    CUdeviceptr address = output.address();
    int rounds = 7;
    void* parameters[] = {&address, &rounds};
    EXPECT_OK(
        cuLaunchKernel(warpKernel("barrier_rounds"), 1, 1, 1, 5, 6, 7, 0, nullptr, parameters, nullptr));
    const std::vector<int> values = output.download();
    for (int t = 0; t < 210; ++t) EXPECT_EQUAL(values[t], (t + 7) % 210);
  }
  stic_simt_set_order(0, 0);
}

TEST(everyBlockRunsOnceInEveryOrder) {
  useDevice();
  for (int workers : {1, 2, 5})
    for (int order = 0; order < 4; ++order) {
      EXPECT_EQUAL(stic_simt_set_workers(workers), 0);
      stic_simt_set_order(order < 2 ? order : 2, order);
      DeviceArray<int> output(std::vector<int>(100, 0));
      CUdeviceptr address = output.address();
      int columns = 100;
      void* parameters[] = {&address, &columns};
      EXPECT_OK(
          cuLaunchKernel(warpKernel("count_blocks"), 100, 13, 1, 1, 1, 1, 0, nullptr, parameters, nullptr));
      EXPECT(output.download() == std::vector<int>(100, 13 * 14 / 2));
    }
  stic_simt_set_order(0, 0);
}
