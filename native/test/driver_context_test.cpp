// Initialisation, device and contexts, after the CUDA driver API's documentation.
#include <thread>

#include "gpu.h"

TEST(aDeviceWithItsAttributes) {
  useDevice();
  int count = 0, value = 0;
  EXPECT_OK(cuDeviceGetCount(&count));
  EXPECT(count >= 1);
  CUdevice device = -1;
  EXPECT_OK(cuDeviceGet(&device, 0));
  EXPECT_EQUAL(cuDeviceGet(&device, count), CUDA_ERROR_INVALID_DEVICE);
  EXPECT_EQUAL(cuDeviceGet(&device, -1), CUDA_ERROR_INVALID_DEVICE);
  EXPECT_OK(cuDeviceGetAttribute(&value, CU_DEVICE_ATTRIBUTE_WARP_SIZE, device = 0));
  EXPECT_EQUAL(value, 32);
  EXPECT_OK(cuDeviceGetAttribute(&value, CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK, device));
  EXPECT_EQUAL(value, 1024);
  EXPECT_OK(cuDeviceGetAttribute(&value, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, device));
  EXPECT(value >= 1);
  EXPECT_EQUAL(cuDeviceGetAttribute(&value, static_cast<CUdevice_attribute>(0), device),
               CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(cuDeviceGetAttribute(nullptr, CU_DEVICE_ATTRIBUTE_WARP_SIZE, device),
               CUDA_ERROR_INVALID_VALUE);
  size_t bytes = 0;
  EXPECT_OK(cuDeviceTotalMem_v2(&bytes, device));
  EXPECT(bytes > 0);
  char name[256] = "";
  EXPECT_OK(cuDeviceGetName(name, sizeof name, device));
  EXPECT(strlen(name) > 0);
  int version = 0;
  EXPECT_OK(cuDriverGetVersion(&version));
  EXPECT(version >= 12000);
}

TEST(errorsHaveNamesAndTexts) {
  const char* text = nullptr;
  EXPECT_OK(cuGetErrorName(CUDA_ERROR_OUT_OF_MEMORY, &text));
  EXPECT_EQUAL(std::string(text), "CUDA_ERROR_OUT_OF_MEMORY");
  EXPECT_OK(cuGetErrorString(CUDA_ERROR_OUT_OF_MEMORY, &text));
  EXPECT_EQUAL(std::string(text), "out of memory");
  EXPECT_EQUAL(cuGetErrorName(static_cast<CUresult>(-7), &text), CUDA_ERROR_INVALID_VALUE);
  EXPECT(text == nullptr);
}

TEST(primaryContextIsCounted) {
  useDevice();
  CUcontext first = nullptr, second = nullptr;
  EXPECT_OK(cuDevicePrimaryCtxRetain(&first, 0));
  EXPECT_OK(cuDevicePrimaryCtxRetain(&second, 0));
  EXPECT(first == second);
  unsigned flags = 99;
  int active = 0;
  EXPECT_OK(cuDevicePrimaryCtxGetState(0, &flags, &active));
  EXPECT_EQUAL(active, 1);
  EXPECT_OK(cuDevicePrimaryCtxRelease_v2(0));
  EXPECT_OK(cuDevicePrimaryCtxRelease_v2(0));
  EXPECT_OK(cuDevicePrimaryCtxGetState(0, &flags, &active));
  EXPECT_EQUAL(active, 1);
}

TEST(currentContextIsOneOfTheHostThread) {
  useDevice();
  CUcontext mine = nullptr;
  EXPECT_OK(cuCtxGetCurrent(&mine));
  EXPECT(mine != nullptr);
  std::thread([&] {
    CUcontext other = mine;
    EXPECT_OK(cuCtxGetCurrent(&other));
    EXPECT(other == nullptr);
    CUdeviceptr address;
    EXPECT_EQUAL(cuMemAlloc_v2(&address, 4), CUDA_ERROR_INVALID_CONTEXT);
    EXPECT_OK(cuCtxSetCurrent(mine));
    EXPECT_OK(cuMemAlloc_v2(&address, 4));
    EXPECT_OK(cuMemFree_v2(address));
  }).join();
}

TEST(contextsAreAStack) {
  useDevice();
  CUcontext primary = nullptr, created = nullptr, current = nullptr;
  EXPECT_OK(cuCtxGetCurrent(&primary));
  EXPECT_OK(cuCtxCreate_v2(&created, 0, 0));
  EXPECT_OK(cuCtxGetCurrent(&current));
  EXPECT(current == created);
  EXPECT_OK(cuCtxPushCurrent_v2(primary));
  EXPECT_OK(cuCtxPopCurrent_v2(&current));
  EXPECT(current == primary);
  EXPECT_OK(cuCtxDestroy_v2(created));
  EXPECT_OK(cuCtxGetCurrent(&current));
  EXPECT(current == primary);
  EXPECT_EQUAL(cuCtxPushCurrent_v2(created), CUDA_ERROR_INVALID_CONTEXT);
}

TEST(contextAnswers) {
  useDevice();
  CUdevice device = -1;
  EXPECT_OK(cuCtxGetDevice(&device));
  EXPECT_EQUAL(device, 0);
  unsigned version = 0;
  EXPECT_OK(cuCtxGetApiVersion(nullptr, &version));
  EXPECT(version >= 3010);
  size_t stack = 0;
  EXPECT_OK(cuCtxGetLimit(&stack, CU_LIMIT_STACK_SIZE));
  EXPECT(stack > 0);
  EXPECT_OK(cuCtxSynchronize());
}
