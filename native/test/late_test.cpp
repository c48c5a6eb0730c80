// Late mode: work is done when something waits for it, and not before.
#include "control.h"
#include "gpu.h"

namespace {

// A stream of its own with late mode on, and pinned host memory.
struct LateStream {
  CUstream stream = nullptr;
  int* pinned = nullptr;
  LateStream() {
    useDevice();
    EXPECT_OK(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING));
    EXPECT_OK(cuMemHostAlloc(reinterpret_cast<void**>(&pinned), 400, 0));
    EXPECT_EQUAL(stic_simt_set_late(1), CUDA_SUCCESS);
  }
  ~LateStream() {
    EXPECT_EQUAL(stic_simt_set_late(0), CUDA_SUCCESS);
    EXPECT_OK(cuMemFreeHost(pinned));
    EXPECT_OK(cuStreamDestroy_v2(stream));
  }
  void fill(int value) const { std::fill(pinned, pinned + 100, value); }
};

}  // namespace

TEST(aCopyReadsPinnedMemoryWhenItIsWaitedFor) {
  LateStream late;
  DeviceArray<int> data(std::vector<int>(100, 1));
  late.fill(2);
  EXPECT_OK(cuMemcpyHtoDAsync_v2(data.address(), late.pinned, 400, late.stream));
  EXPECT(data.download() == std::vector<int>(100, 1));  // the legacy stream does not wait for this one
  late.fill(3);
  EXPECT_OK(cuStreamSynchronize(late.stream));
  EXPECT(data.download() == std::vector<int>(100, 3));
}

TEST(aCopyFromOtherHostMemoryIsDoneWhenItReturns) {
  LateStream late;
  DeviceArray<int> data(std::vector<int>(100, 1));
  std::vector<int> host(100, 2);
  EXPECT_OK(cuMemsetD32Async(data.address(), 7, 100, late.stream));
  EXPECT_OK(cuMemcpyHtoDAsync_v2(data.address(), host.data(), 400, late.stream));
  host.assign(100, 3);
  EXPECT(data.download() == std::vector<int>(100, 2));
}

TEST(aStreamWaitsOnlyForWhatItsEventCovers) {
  LateStream late;
  CUstream other = nullptr;
  CUevent event = nullptr;
  EXPECT_OK(cuStreamCreate(&other, CU_STREAM_NON_BLOCKING));
  EXPECT_OK(cuEventCreate(&event, CU_EVENT_DISABLE_TIMING));
  DeviceArray<int> data(std::vector<int>(100, 1)), copy(std::vector<int>(100, 0));
  EXPECT_OK(cuMemsetD32Async(data.address(), 2, 100, late.stream));
  EXPECT_OK(cuMemcpyDtoDAsync_v2(copy.address(), data.address(), 400, other));
  EXPECT_OK(cuStreamSynchronize(other));
  EXPECT(copy.download() == std::vector<int>(100, 1));  // nothing made it wait
  EXPECT_OK(cuEventRecord(event, late.stream));
  EXPECT_OK(cuMemsetD32Async(data.address(), 3, 100, late.stream));
  EXPECT_OK(cuStreamWaitEvent(other, event, 0));
  EXPECT_OK(cuMemcpyDtoDAsync_v2(copy.address(), data.address(), 400, other));
  EXPECT_OK(cuStreamSynchronize(other));
  EXPECT(copy.download() == std::vector<int>(100, 2));
  EXPECT_OK(cuCtxSynchronize());
  EXPECT(data.download() == std::vector<int>(100, 3));
  EXPECT_OK(cuEventDestroy_v2(event));
  EXPECT_OK(cuStreamDestroy_v2(other));
}

TEST(kernelsAndGraphsAreLateToo) {
  LateStream late;
  CUmodule module = loadModule("test-fibers.so");
  CUfunction scale = findFunction(module, "scale");
  DeviceArray<float> data(std::vector<float>(100, 1.0f));
  EXPECT_OK(launch(scale, 1, 128, late.stream, data.address(), 3.0f, 100));
  EXPECT(data.download() == std::vector<float>(100, 1.0f));
  CUgraph graph = nullptr;
  CUgraphExec exec = nullptr;
  EXPECT_OK(cuStreamBeginCapture_v2(late.stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL));
  EXPECT_OK(launch(scale, 1, 128, late.stream, data.address(), 5.0f, 100));
  EXPECT_OK(cuStreamEndCapture(late.stream, &graph));
  EXPECT_OK(cuGraphInstantiateWithFlags(&exec, graph, 0));
  EXPECT_OK(cuGraphLaunch(exec, late.stream));
  EXPECT_OK(cuGraphExecDestroy(exec));
  EXPECT_OK(cuGraphDestroy(graph));
  EXPECT_OK(cuStreamSynchronize(late.stream));
  EXPECT(data.download() == std::vector<float>(100, 15.0f));
  EXPECT_OK(cuModuleUnload(module));
}

TEST(anEventFinishesTheWorkBeforeIt) {
  LateStream late;
  CUevent event = nullptr;
  EXPECT_OK(cuEventCreate(&event, CU_EVENT_DEFAULT));
  DeviceArray<int> data(std::vector<int>(100, 1));
  EXPECT_OK(cuMemsetD32Async(data.address(), 2, 100, late.stream));
  EXPECT_OK(cuEventRecord(event, late.stream));
  EXPECT_OK(cuMemsetD32Async(data.address(), 3, 100, late.stream));
  EXPECT_OK(cuEventSynchronize(event));
  EXPECT(data.download() == std::vector<int>(100, 2));
  EXPECT_EQUAL(stic_simt_set_late(2), CUDA_ERROR_INVALID_VALUE);
  EXPECT_OK(cuEventDestroy_v2(event));
}

TEST(eventsAreReachedWhenTheWorkBeforeThemIsDone) {
  LateStream late;
  CUmodule module = loadModule("test-fibers.so");
  CUevent begin = nullptr, end = nullptr;
  EXPECT_OK(cuEventCreate(&begin, CU_EVENT_DEFAULT));
  EXPECT_OK(cuEventCreate(&end, CU_EVENT_DEFAULT));
  DeviceArray<int> spun(1);
  EXPECT_OK(cuEventRecord(begin, late.stream));
  EXPECT_OK(launch(findFunction(module, "spin"), 1, 1, late.stream, spun.address(), 2'000'000));
  EXPECT_OK(cuEventRecord(end, late.stream));
  float milliseconds = 0;
  EXPECT_OK(cuEventElapsedTime(&milliseconds, begin, end));
  EXPECT(milliseconds >= 2.0f);
  EXPECT_OK(cuEventDestroy_v2(begin));
  EXPECT_OK(cuEventRecord(end, late.stream));
  EXPECT_OK(cuEventDestroy_v2(end));  // before its place is reached
  EXPECT_OK(cuStreamSynchronize(late.stream));
  EXPECT_OK(cuModuleUnload(module));
}
