// Kernels that fail: an error with a sentence that says where, a context that stays failed until it is reset,
// no crash.
#include "control.h"
#include "gpu.h"

namespace {

bool messageHas(const char* text) {
  const std::string message = stic_simt_last_message();
  const bool found = message.find(text) != std::string::npos;
  if (!found) printf("  the sentence is '%s'\n", message.c_str());
  return found;
}

// Launches a kernel of warp.cu that must fail, and resets the context.
void expectFailure(const char* kernel, unsigned threads, CUdeviceptr output, int argument, CUresult error,
                   const char* text) {
  useDevice();
  CUmodule module = loadModule("test-fibers.so");
  const CUresult seen = launch(findFunction(module, kernel), 1, threads, nullptr, output, argument);
  if (seen != error) printf("  %s(%d):\n", kernel, argument);
  EXPECT_EQUAL(seen, error);
  EXPECT(messageHas(text));
  EXPECT(messageHas(kernel));
  EXPECT_OK(cuDevicePrimaryCtxReset_v2(0));
}

class CheckedMode {
 public:
  CheckedMode() { stic_simt_set_checked(1); }
  ~CheckedMode() { stic_simt_set_checked(0); }
};

CUdeviceptr allocate(size_t bytes) {
  useDevice();
  CUdeviceptr address = 0;
  EXPECT_OK(cuMemAlloc_v2(&address, bytes));
  return address;
}

}  // namespace

TEST(deadlockIsAFailure) {
  expectFailure("deadlock", 64, allocate(256), 0, CUDA_ERROR_LAUNCH_FAILED, "wait at __syncthreads (");
}

TEST(failureStaysUntilReset) {
  useDevice();
  CUmodule module = loadModule("test-fibers.so");
  CUdeviceptr address = allocate(256);
  EXPECT_EQUAL(launch(findFunction(module, "deadlock"), 3, 64, nullptr, address, 0),
               CUDA_ERROR_LAUNCH_FAILED);
  CUdeviceptr other;
  EXPECT_EQUAL(cuMemAlloc_v2(&other, 4), CUDA_ERROR_LAUNCH_FAILED);
  EXPECT_EQUAL(cuCtxSynchronize(), CUDA_ERROR_LAUNCH_FAILED);
  EXPECT(messageHas("deadlock"));
  EXPECT_OK(cuDevicePrimaryCtxReset_v2(0));
  useDevice();
  EXPECT_OK(cuCtxSynchronize());
  EXPECT_OK(cuMemAlloc_v2(&other, 4));
  EXPECT_OK(cuMemFree_v2(other));
}

TEST(accessesOutOfBoundsAreFailures) {
  CheckedMode checked;
  // The pages before and behind the allocation's own are inaccessible.
  expectFailure("access", 32, allocate(1024), 1024, CUDA_ERROR_ILLEGAL_ADDRESS,
                "bytes after the end of device allocation");
  expectFailure("access", 32, allocate(1024), -1024, CUDA_ERROR_ILLEGAL_ADDRESS, "wrote to address");
  expectFailure("load", 1, allocate(1024), 1024, CUDA_ERROR_ILLEGAL_ADDRESS,
                "bytes after the end of device allocation");
  // The red zone between is written, not read: that shows afterwards.
  expectFailure("access", 32, allocate(1024), 256, CUDA_ERROR_ILLEGAL_ADDRESS, "written at offset 1024");
  expectFailure("access", 32, allocate(1024), -1, CUDA_ERROR_ILLEGAL_ADDRESS, "written at offset -1");
  expectFailure("access", 1, 4096, 0, CUDA_ERROR_ILLEGAL_ADDRESS, "wrote to address 0x1000");
}

TEST(useAfterFreeIsAFailure) {
  CheckedMode checked;
  const CUdeviceptr address = allocate(1024);
  EXPECT_OK(cuMemFree_v2(address));
  expectFailure("access", 32, address, 0, CUDA_ERROR_ILLEGAL_ADDRESS,
                "0 bytes into released memory of 1024 bytes");
  useDevice();
  char host[4];
  EXPECT_EQUAL(cuMemcpyDtoH_v2(host, address, 4), CUDA_ERROR_INVALID_VALUE);
}

TEST(stackOverflowIsAFailure) {
  CheckedMode checked;
  expectFailure("deep_stack", 32, allocate(1024), 7, CUDA_ERROR_ILLEGAL_ADDRESS,
                "the thread's stack is exhausted");
}

TEST(wrongWarpOperationsAreFailures) {
  CheckedMode checked;
  expectFailure("mask_without_caller", 32, allocate(256), 1, CUDA_ERROR_LAUNCH_FAILED,
                "called by lane 0 outside the mask");
  expectFailure("masks_differ", 32, allocate(256), 1, CUDA_ERROR_LAUNCH_FAILED, "mask 0x7fffffff");
  expectFailure("shuffle_outside_mask", 32, allocate(256), 1, CUDA_ERROR_LAUNCH_FAILED, "reads lane 20");
}

TEST(memoryIsPoisoned) {
  CheckedMode checked;
  useDevice();
  DeviceArray<unsigned> data(1000);
  EXPECT(data.download() == std::vector<unsigned>(1000, 0xFFFFFFFFu));
}

TEST(leaksAreCounted) {
  CheckedMode checked;
  useDevice();
  const int64_t before = stic_simt_leaks(0);
  const CUdeviceptr address = allocate(10);
  EXPECT_EQUAL(stic_simt_leaks(0), before + 1);
  EXPECT_OK(cuMemFree_v2(address));
  EXPECT_EQUAL(stic_simt_leaks(0), before);
}

TEST(garbageHandlesAreRefused) {
  useDevice();
  int local = 0;
  CUdeviceptr address = allocate(4);
  for (void* garbage :
       {reinterpret_cast<void*>(0x1234567), static_cast<void*>(&local), reinterpret_cast<void*>(~0ull)}) {
    CUgraph graph = nullptr;
    CUmodule module = nullptr;
    EXPECT_EQUAL(launch(static_cast<CUfunction>(garbage), 1, 1, nullptr, address), CUDA_ERROR_INVALID_HANDLE);
    EXPECT_EQUAL(cuStreamSynchronize(static_cast<CUstream>(garbage)), CUDA_ERROR_INVALID_HANDLE);
    EXPECT_EQUAL(cuMemsetD8Async(address, 0, 4, static_cast<CUstream>(garbage)), CUDA_ERROR_INVALID_HANDLE);
    EXPECT_EQUAL(cuEventRecord(static_cast<CUevent>(garbage), nullptr), CUDA_ERROR_INVALID_HANDLE);
    EXPECT_EQUAL(cuStreamWaitEvent(nullptr, static_cast<CUevent>(garbage), 0), CUDA_ERROR_INVALID_HANDLE);
    EXPECT_EQUAL(cuModuleUnload(static_cast<CUmodule>(garbage)), CUDA_ERROR_INVALID_HANDLE);
    EXPECT_EQUAL(cuFuncGetModule(&module, static_cast<CUfunction>(garbage)), CUDA_ERROR_INVALID_HANDLE);
    EXPECT_EQUAL(cuGraphLaunch(static_cast<CUgraphExec>(garbage), nullptr), CUDA_ERROR_INVALID_VALUE);
    EXPECT_EQUAL(cuGraphClone(&graph, static_cast<CUgraph>(garbage)), CUDA_ERROR_INVALID_VALUE);
    EXPECT_EQUAL(cuCtxSetCurrent(static_cast<CUcontext>(garbage)), CUDA_ERROR_INVALID_CONTEXT);
  }
  EXPECT_OK(cuMemFree_v2(address));
}

TEST(handlesEndWithTheirObject) {
  useDevice();
  CUstream stream = nullptr;
  CUevent event = nullptr;
  EXPECT_OK(cuStreamCreate(&stream, 0));
  EXPECT_OK(cuEventCreate(&event, 0));
  EXPECT_OK(cuStreamDestroy_v2(stream));
  EXPECT_OK(cuEventDestroy_v2(event));
  EXPECT_EQUAL(cuStreamDestroy_v2(stream), CUDA_ERROR_INVALID_HANDLE);
  EXPECT_EQUAL(cuEventQuery(event), CUDA_ERROR_INVALID_HANDLE);
}

extern "C" CUresult cuTexObjectDestroy(unsigned long long object);

TEST(theRestOfTheApiSaysNotSupported) {
  EXPECT_EQUAL(cuTexObjectDestroy(0), CUDA_ERROR_NOT_SUPPORTED);
  EXPECT(messageHas("cuTexObjectDestroy"));
}
