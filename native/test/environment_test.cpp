// What STIC_SIMT_* variables do. CMakeLists.txt runs this program with
// STIC_SIMT_FAULT=cuMemAlloc_v2:3:OUT_OF_MEMORY,cuLaunchKernel:1:CUDA_ERROR_LAUNCH_TIMEOUT
// STIC_SIMT_MEMORY=1000000 STIC_SIMT_WORKERS=3 STIC_SIMT_CHECK=1 STIC_SIMT_ORDER=random:5
#include "control.h"
#include "gpu.h"

TEST(chosenCallsFail) {
  useDevice();
  std::vector<CUdeviceptr> addresses;
  for (CUresult expected : {CUDA_SUCCESS, CUDA_SUCCESS, CUDA_ERROR_OUT_OF_MEMORY, CUDA_SUCCESS}) {
    CUdeviceptr address = 0;
    EXPECT_EQUAL(cuMemAlloc_v2(&address, 16), expected);
    addresses.push_back(address);
    if (expected) EXPECT(strstr(stic_simt_last_message(), "cuMemAlloc_v2: fault injected"));
  }
  for (CUdeviceptr address : addresses) EXPECT_OK(cuMemFree_v2(address));
  EXPECT_EQUAL(cuLaunchKernel(nullptr, 1, 1, 1, 1, 1, 1, 0, nullptr, nullptr, nullptr),
               CUDA_ERROR_LAUNCH_TIMEOUT);
  EXPECT_EQUAL(cuLaunchKernel(nullptr, 1, 1, 1, 1, 1, 1, 0, nullptr, nullptr, nullptr),
               CUDA_ERROR_INVALID_HANDLE);
}

TEST(memoryIsLimited) {
  useDevice();
  size_t free = 0, total = 0;
  EXPECT_OK(cuMemGetInfo_v2(&free, &total));
  EXPECT_EQUAL(total, size_t{1000000});
  EXPECT_EQUAL(free, total);
  CUdeviceptr address = 0, second = 0;
  EXPECT_OK(cuMemAlloc_v2(&address, 600000));
  EXPECT_EQUAL(cuMemAlloc_v2(&second, 600000), CUDA_ERROR_OUT_OF_MEMORY);
  EXPECT(strstr(stic_simt_last_message(), "600000 bytes asked for, 600000 of 1000000 bytes in use"));
  EXPECT_OK(cuMemFree_v2(address));
}

TEST(workersAndCheckedMode) {
  EXPECT_EQUAL(stic_simt_workers(), 3);
  EXPECT_EQUAL(stic_simt_checked(), 1);
}
