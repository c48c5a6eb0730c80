// Memory: allocation, copies, fills, host memory, and everything that must be refused.
#include "gpu.h"

TEST(copiesKeepEveryByte) {
  useDevice();
  for (size_t bytes : {size_t{1}, size_t{255}, size_t{4097}, size_t{3000001}}) {
    std::vector<unsigned char> source(bytes), result(bytes);
    for (size_t i = 0; i < bytes; ++i) source[i] = static_cast<unsigned char>(i * 7 + i / 256);
    DeviceArray<unsigned char> a(source), b(bytes);
    EXPECT_OK(cuMemcpyDtoD_v2(b.address(), a.address(), bytes));
    EXPECT(b.download() == source);
    EXPECT_OK(cuMemcpyDtoDAsync_v2(a.address(), b.address(), bytes, nullptr));
    EXPECT_OK(cuMemcpyDtoHAsync_v2(result.data(), a.address(), bytes, CU_STREAM_PER_THREAD));
    EXPECT_OK(cuStreamSynchronize(CU_STREAM_PER_THREAD));
    EXPECT(result == source);
  }
}

TEST(allocationsAreAligned) {
  useDevice();
  for (size_t bytes : {1, 13, 1000}) {
    CUdeviceptr address = 0;
    EXPECT_OK(cuMemAlloc_v2(&address, bytes));
    EXPECT_EQUAL(address % 256, 0u);
    EXPECT_OK(cuMemFree_v2(address));
  }
}

TEST(fillsHaveTheirElementSize) {
  useDevice();
  DeviceArray<unsigned char> data(std::vector<unsigned char>(16, 0));
  EXPECT_OK(cuMemsetD8_v2(data.address(), 0xAB, 3));
  EXPECT_OK(cuMemsetD16_v2(data.address() + 4, 0x1234, 2));
  EXPECT_OK(cuMemsetD32Async(data.address() + 8, 0x89ABCDEF, 1, nullptr));
  const std::vector<unsigned char> expected = {0xAB, 0xAB, 0xAB, 0,    0x34, 0x12, 0x34, 0x12,
                                               0xEF, 0xCD, 0xAB, 0x89, 0,    0,    0,    0};
  EXPECT_OK(cuCtxSynchronize());
  EXPECT(data.download() == expected);
  EXPECT_EQUAL(cuMemsetD16_v2(data.address() + 1, 0, 1), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(cuMemsetD32_v2(data.address() + 2, 0, 1), CUDA_ERROR_INVALID_VALUE);
}

TEST(wrongAllocationsAreRefused) {
  useDevice();
  CUdeviceptr address = 0;
  EXPECT_EQUAL(cuMemAlloc_v2(&address, 0), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(cuMemAlloc_v2(nullptr, 4), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(cuMemAlloc_v2(&address, size_t{1} << 60), CUDA_ERROR_OUT_OF_MEMORY);
  EXPECT_OK(cuMemFree_v2(0));
  EXPECT_EQUAL(cuMemFree_v2(12345), CUDA_ERROR_INVALID_VALUE);
  EXPECT_OK(cuMemAlloc_v2(&address, 1024));
  EXPECT_EQUAL(cuMemFree_v2(address + 256), CUDA_ERROR_INVALID_VALUE);
  EXPECT_OK(cuMemFree_v2(address));
  EXPECT_EQUAL(cuMemFree_v2(address), CUDA_ERROR_INVALID_VALUE);
}

TEST(copiesBeyondAnAllocationAreRefused) {
  useDevice();
  DeviceArray<char> data(100);
  char host[200] = {};
  EXPECT_EQUAL(cuMemcpyHtoD_v2(data.address(), host, 1 << 20), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(cuMemcpyHtoD_v2(0, host, 4), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(cuMemcpyHtoD_v2(data.address(), nullptr, 4), CUDA_ERROR_INVALID_VALUE);
  EXPECT_OK(cuMemcpyHtoD_v2(data.address(), host, 0));
  EXPECT_OK(cuMemcpyHtoD_v2(data.address() + 99, host, 1));
}

TEST(addressesTellTheirAllocation) {
  useDevice();
  DeviceArray<char> data(1000);
  CUdeviceptr base = 0;
  size_t bytes = 0;
  EXPECT_OK(cuMemGetAddressRange_v2(&base, &bytes, data.address() + 500));
  EXPECT_EQUAL(base, data.address());
  EXPECT_EQUAL(bytes, size_t{1000});
  unsigned type = 0;
  EXPECT_OK(cuPointerGetAttribute(&type, CU_POINTER_ATTRIBUTE_MEMORY_TYPE, data.address()));
  EXPECT_EQUAL(type, unsigned{CU_MEMORYTYPE_DEVICE});
  int local = 0;
  EXPECT_EQUAL(
      cuPointerGetAttribute(&type, CU_POINTER_ATTRIBUTE_MEMORY_TYPE, reinterpret_cast<CUdeviceptr>(&local)),
      CUDA_ERROR_INVALID_VALUE);
}

TEST(memoryInfoFollowsAllocations) {
  useDevice();
  size_t before = 0, during = 0, total = 0;
  EXPECT_OK(cuMemGetInfo_v2(&before, &total));
  EXPECT(before <= total);
  {
    DeviceArray<char> data(64 << 20);
    EXPECT_OK(cuMemGetInfo_v2(&during, &total));
    EXPECT(before - during >= size_t{64 << 20});
  }
  EXPECT_OK(cuMemGetInfo_v2(&during, &total));
  EXPECT_EQUAL(during, before);
}

TEST(hostMemory) {
  useDevice();
  void* pinned = nullptr;
  EXPECT_OK(cuMemHostAlloc(&pinned, 4096, 2));
  unsigned flags = 0;
  EXPECT_OK(cuMemHostGetFlags(&flags, pinned));
  CUdeviceptr device = 0;
  EXPECT_OK(cuMemHostGetDevicePointer_v2(&device, pinned, 0));
  EXPECT_OK(cuMemsetD8_v2(device, 0x5A, 4096));
  EXPECT_EQUAL(static_cast<unsigned char*>(pinned)[4095], 0x5A);
  EXPECT_OK(cuMemFreeHost(pinned));
  EXPECT_EQUAL(cuMemFreeHost(pinned), CUDA_ERROR_INVALID_VALUE);

  std::vector<char> own(10000);
  EXPECT_OK(cuMemHostRegister_v2(own.data(), own.size(), 0));
  EXPECT_EQUAL(cuMemHostRegister_v2(own.data(), own.size(), 0), CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED);
  EXPECT_OK(cuMemHostUnregister(own.data()));
  EXPECT_EQUAL(cuMemHostUnregister(own.data()), CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED);
}
