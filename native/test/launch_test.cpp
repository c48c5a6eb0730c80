// Launches: parameters, geometry, and what is refused.
#include "gpu.h"

TEST(kernelReadsItsParameters) {
  useDevice();
  for (const char* image : {"test-fibers.so", "test-fat.so"}) {
    CUmodule module = loadModule(image);
    std::vector<float> values(1001, 3.0f);
    DeviceArray<float> data(values);
    EXPECT_OK(launch(findFunction(module, "scale"), 8, 128, nullptr, data.address(), 2.0f, 1000));
    values.assign(1001, 6.0f);
    values[1000] = 3.0f;
    EXPECT(data.download() == values);
    EXPECT_OK(cuModuleUnload(module));
  }
}

TEST(geometryIsAGlobalOfTheModule) {
  useDevice();
  CUmodule module = loadModule("test-fibers.so");
  CUdeviceptr address = 0;
  size_t bytes = 0;
  EXPECT_OK(cuModuleGetGlobal_v2(&address, &bytes, module, "iota_tiles_geometry"));
  EXPECT_EQUAL(bytes, size_t{16});
  int geometry[4] = {};
  EXPECT_OK(cuMemcpyDtoH_v2(geometry, address, bytes));
  EXPECT_EQUAL(geometry[0], 64);
  EXPECT_EQUAL(geometry[1], 1000);
  EXPECT_OK(cuModuleUnload(module));
}

TEST(tileLoopVisitsEachIndexOnce) {
  useDevice();
  for (const char* image : {"test-fibers.so", "test-fat.so"}) {
    CUmodule module = loadModule(image);
    CUfunction function = findFunction(module, "iota_tiles");
    for (unsigned block : {1u, 3u, 64u}) {
      const int n = 12345;
      DeviceArray<int> output(std::vector<int>(n, -1));
      EXPECT_OK(launch(function, (n + 999) / 1000, block, nullptr, output.address(), (long long)n, 7));
      const std::vector<int> values = output.download();
      for (int i = 0; i < n; ++i) EXPECT_EQUAL(values[i], i + 7);
    }
    EXPECT_OK(cuModuleUnload(module));
  }
}
