// Several host threads use the driver at once; results do not depend on the number of workers.
#include <thread>

#include "control.h"
#include "gpu.h"

namespace {

constexpr int THREADS = 4;
constexpr int ROUNDS = 6;

void work(CUcontext context, int thread) {
  EXPECT_OK(cuCtxSetCurrent(context));
  CUmodule module = loadModule("test-fibers.so");
  CUfunction iota = findFunction(module, "iota_tiles");
  CUfunction scale = findFunction(module, "scale");
  CUstream stream = nullptr;
  EXPECT_OK(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING));
  for (int round = 0; round < ROUNDS; ++round) {
    const int n = 3000 + 100 * thread + round;
    DeviceArray<int> output(n);
    EXPECT_OK(launch(iota, (n + 999) / 1000, 64, stream, output.address(), (long long)n, thread));
    DeviceArray<float> data(std::vector<float>(n, 1.5f));
    EXPECT_OK(launch(scale, (n + 127) / 128, 128, stream, data.address(), 2.0f, n));
    EXPECT_OK(cuStreamSynchronize(stream));
    const std::vector<int> values = output.download();
    for (int i = 0; i < n; i += 7) EXPECT_EQUAL(values[i], thread + i);
    EXPECT(data.download() == std::vector<float>(n, 3.0f));
  }
  EXPECT_OK(cuStreamDestroy_v2(stream));
  EXPECT_OK(cuModuleUnload(module));
}

}  // namespace

TEST(hostThreadsShareTheDevice) {
  useDevice();
  CUcontext context = nullptr;
  EXPECT_OK(cuCtxGetCurrent(&context));
  for (int workers : {1, 2, 4}) {
    EXPECT_EQUAL(stic_simt_set_workers(workers), 0);
    std::vector<std::thread> threads;
    for (int i = 0; i < THREADS; ++i) threads.emplace_back(work, context, i);
    for (std::thread& thread : threads) thread.join();
  }
}

TEST(oneStreamServesManyHostThreads) {
  useDevice();
  CUcontext context = nullptr;
  EXPECT_OK(cuCtxGetCurrent(&context));
  CUmodule module = loadModule("test-fibers.so");
  CUfunction scale = findFunction(module, "scale");
  DeviceArray<float> data(std::vector<float>(1000, 1.0f));
  std::vector<std::thread> threads;
  for (int i = 0; i < THREADS; ++i)
    threads.emplace_back([&] {
      EXPECT_OK(cuCtxSetCurrent(context));
      for (int round = 0; round < 5; ++round)
        EXPECT_OK(launch(scale, 8, 128, nullptr, data.address(), 2.0f, 1000));
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT(data.download() == std::vector<float>(1000, 1048576.0f));  // 2^20: no launch was lost
  EXPECT_OK(cuModuleUnload(module));
}

TEST(manyLaunchesWithMoreWorkersThanCores) {
  useDevice();
  CUmodule module = loadModule("test-fat.so");
  CUfunction iota = findFunction(module, "iota_tiles");
  EXPECT_EQUAL(stic_simt_set_workers(7), 0);
  DeviceArray<int> output(20000);
  for (int round = 0; round < 200; ++round)
    EXPECT_OK(launch(iota, 20, 1, nullptr, output.address(), 20000LL, round));
  const std::vector<int> values = output.download();
  for (int i = 0; i < 20000; ++i) EXPECT_EQUAL(values[i], 199 + i);
  EXPECT_OK(cuModuleUnload(module));
}
