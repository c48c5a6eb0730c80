// Streams, events, host functions.
#include <chrono>
#include <thread>

#include "gpu.h"

TEST(streamsRunInOrder) {
  useDevice();
  CUmodule module = loadModule("test-fibers.so");
  CUfunction scale = findFunction(module, "scale");
  CUstream stream = nullptr;
  EXPECT_OK(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING));
  std::vector<float> values(300, 1.0f), result(300);
  DeviceArray<float> data(300);
  EXPECT_OK(cuMemcpyHtoDAsync_v2(data.address(), values.data(), 1200, stream));
  for (int i = 0; i < 5; ++i) EXPECT_OK(launch(scale, 3, 128, stream, data.address(), 3.0f, 300));
  EXPECT_OK(cuMemcpyDtoHAsync_v2(result.data(), data.address(), 1200, stream));
  EXPECT_OK(cuStreamSynchronize(stream));
  EXPECT(result == std::vector<float>(300, 243.0f));
  EXPECT_OK(cuStreamQuery(stream));
  unsigned flags = 0;
  EXPECT_OK(cuStreamGetFlags(stream, &flags));
  EXPECT_EQUAL(flags, unsigned{CU_STREAM_NON_BLOCKING});
  EXPECT_OK(cuStreamDestroy_v2(stream));
  EXPECT_OK(cuModuleUnload(module));
}

TEST(streamPropertiesAndWrongHandles) {
  useDevice();
  CUstream stream = nullptr;
  EXPECT_EQUAL(cuStreamCreate(&stream, 77), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(cuStreamCreate(nullptr, 0), CUDA_ERROR_INVALID_VALUE);
  int least = 1, greatest = 1;
  EXPECT_OK(cuCtxGetStreamPriorityRange(&least, &greatest));
  EXPECT(greatest <= least);
  EXPECT_OK(cuStreamCreateWithPriority(&stream, CU_STREAM_DEFAULT, greatest));
  int priority = 99;
  EXPECT_OK(cuStreamGetPriority(stream, &priority));
  EXPECT_EQUAL(priority, greatest);
  CUcontext context = nullptr, current = nullptr;
  EXPECT_OK(cuStreamGetCtx(stream, &context));
  EXPECT_OK(cuCtxGetCurrent(&current));
  EXPECT(context == current);
  EXPECT_OK(cuStreamDestroy_v2(stream));
}

TEST(eventsAreTimed) {
  useDevice();
  CUevent begin = nullptr, end = nullptr;
  EXPECT_OK(cuEventCreate(&begin, CU_EVENT_DEFAULT));
  EXPECT_OK(cuEventCreate(&end, CU_EVENT_BLOCKING_SYNC));
  EXPECT_OK(cuEventQuery(begin));
  float milliseconds = -1;
  EXPECT_EQUAL(cuEventElapsedTime(&milliseconds, begin, end), CUDA_ERROR_INVALID_HANDLE);
  EXPECT_OK(cuEventRecord(begin, nullptr));
  EXPECT_OK(cuEventSynchronize(begin));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_OK(cuEventRecord(end, nullptr));
  EXPECT_OK(cuEventSynchronize(end));
  EXPECT_OK(cuEventQuery(end));
  EXPECT_OK(cuEventElapsedTime(&milliseconds, begin, end));
  EXPECT(milliseconds >= 19.0f && milliseconds < 60000.0f);
  EXPECT_OK(cuEventDestroy_v2(begin));
  EXPECT_OK(cuEventDestroy_v2(end));
}

TEST(eventsWithoutTimingHaveNoTime) {
  useDevice();
  CUevent event = nullptr;
  EXPECT_OK(cuEventCreate(&event, CU_EVENT_DISABLE_TIMING));
  EXPECT_OK(cuEventRecord(event, nullptr));
  EXPECT_OK(cuEventSynchronize(event));
  float milliseconds = 0;
  EXPECT_EQUAL(cuEventElapsedTime(&milliseconds, event, event), CUDA_ERROR_INVALID_HANDLE);
  EXPECT_OK(cuEventDestroy_v2(event));
}

TEST(oneStreamWaitsForAnother) {
  useDevice();
  CUstream first = nullptr, second = nullptr;
  CUevent done = nullptr;
  EXPECT_OK(cuStreamCreate(&first, CU_STREAM_NON_BLOCKING));
  EXPECT_OK(cuStreamCreate(&second, CU_STREAM_NON_BLOCKING));
  EXPECT_OK(cuEventCreate(&done, CU_EVENT_DISABLE_TIMING));
  DeviceArray<int> data(std::vector<int>(1000, 0));
  std::vector<int> result(1000);
  EXPECT_OK(cuMemsetD32Async(data.address(), 17, 1000, first));
  EXPECT_OK(cuEventRecord(done, first));
  EXPECT_OK(cuStreamWaitEvent(second, done, 0));
  EXPECT_OK(cuMemcpyDtoHAsync_v2(result.data(), data.address(), 4000, second));
  EXPECT_OK(cuStreamSynchronize(second));
  EXPECT(result == std::vector<int>(1000, 17));
  EXPECT_OK(cuEventDestroy_v2(done));
  EXPECT_OK(cuStreamDestroy_v2(first));
  EXPECT_OK(cuStreamDestroy_v2(second));
}

namespace {

struct HostCall {
  int calls = 0;
  CUresult insideError = CUDA_SUCCESS;
};

void hostFunction(void* data) {
  auto* call = static_cast<HostCall*>(data);
  ++call->calls;
  CUdeviceptr address;
  call->insideError = cuMemAlloc_v2(&address, 4);
}

void callback(CUstream, CUresult status, void* data) {
  static_cast<HostCall*>(data)->calls += status == CUDA_SUCCESS ? 1 : 100;
}

}  // namespace

TEST(hostFunctionsRunAndMayNotCallTheDriver) {
  useDevice();
  HostCall call;
  CUstream stream = nullptr;
  EXPECT_OK(cuStreamCreate(&stream, CU_STREAM_DEFAULT));
  EXPECT_OK(cuLaunchHostFunc(stream, &hostFunction, &call));
  EXPECT_OK(cuStreamAddCallback(stream, &callback, &call, 0));
  EXPECT_OK(cuStreamSynchronize(stream));
  EXPECT_EQUAL(call.calls, 2);
  EXPECT_EQUAL(call.insideError, CUDA_ERROR_NOT_PERMITTED);
  EXPECT_OK(cuStreamDestroy_v2(stream));
}
