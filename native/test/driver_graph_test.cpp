// Stream capture and graphs.
#include <thread>

#include "gpu.h"

namespace {

CUstream createStream(unsigned flags = CU_STREAM_NON_BLOCKING) {
  CUstream stream = nullptr;
  EXPECT_OK(cuStreamCreate(&stream, flags));
  return stream;
}

size_t nodeCount(CUgraph graph) {
  size_t count = 0;
  EXPECT_OK(cuGraphGetNodes(graph, nullptr, &count));
  return count;
}

// Ends a capture that a forbidden call has invalidated.
void expectInvalidated(CUstream stream) {
  CUstreamCaptureStatus status;
  EXPECT_OK(cuStreamIsCapturing(stream, &status));
  EXPECT_EQUAL(status, CU_STREAM_CAPTURE_STATUS_INVALIDATED);
  CUgraph graph = nullptr;
  EXPECT_EQUAL(cuStreamEndCapture(stream, &graph), CUDA_ERROR_STREAM_CAPTURE_INVALIDATED);
  EXPECT(graph == nullptr);
  EXPECT_OK(cuStreamIsCapturing(stream, &status));
  EXPECT_EQUAL(status, CU_STREAM_CAPTURE_STATUS_NONE);
}

}  // namespace

TEST(capturedWorkRunsWhenTheGraphIsLaunched) {
  useDevice();
  CUmodule module = loadModule("test-fibers.so");
  CUfunction scale = findFunction(module, "scale");
  CUstream stream = createStream();
  DeviceArray<float> data(100);
  std::vector<float> source(100, 5.0f), result(100, -1.0f);
  EXPECT_OK(cuStreamBeginCapture_v2(stream, CU_STREAM_CAPTURE_MODE_GLOBAL));
  EXPECT_OK(cuMemcpyHtoDAsync_v2(data.address(), source.data(), 400, stream));
  for (float factor : {2.0f, 3.0f}) EXPECT_OK(launch(scale, 1, 128, stream, data.address(), factor, 100));
  EXPECT_OK(cuMemcpyDtoHAsync_v2(result.data(), data.address(), 400, stream));
  CUgraph graph = nullptr;
  EXPECT_OK(cuStreamEndCapture(stream, &graph));
  EXPECT_EQUAL(result[0], -1.0f);
  EXPECT_EQUAL(nodeCount(graph), size_t{4});
  std::vector<CUgraphNode> nodes(4);
  size_t count = 4;
  EXPECT_OK(cuGraphGetNodes(graph, nodes.data(), &count));
  CUgraphNodeType type;
  EXPECT_OK(cuGraphNodeGetType(nodes[1], &type));
  EXPECT_EQUAL(type, CU_GRAPH_NODE_TYPE_KERNEL);

  CUgraphExec exec = nullptr;
  EXPECT_OK(cuGraphInstantiateWithFlags(&exec, graph, 0));
  EXPECT_OK(cuGraphDestroy(graph));
  for (float value : {5.0f, 7.0f}) {
    source.assign(100, value);
    EXPECT_OK(cuGraphLaunch(exec, stream));
    EXPECT_OK(cuStreamSynchronize(stream));
    EXPECT(result == std::vector<float>(100, value * 6));
  }
  EXPECT_OK(cuGraphExecDestroy(exec));
  EXPECT_OK(cuStreamDestroy_v2(stream));
  EXPECT_OK(cuModuleUnload(module));
}

TEST(captureForksAndJoinsThroughEvents) {
  useDevice();
  CUstream origin = createStream(), side = createStream();
  CUevent fork = nullptr, join = nullptr;
  EXPECT_OK(cuEventCreate(&fork, CU_EVENT_DISABLE_TIMING));
  EXPECT_OK(cuEventCreate(&join, CU_EVENT_DISABLE_TIMING));
  DeviceArray<int> data(std::vector<int>(3, 0));
  EXPECT_OK(cuStreamBeginCapture_v2(origin, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL));
  EXPECT_OK(cuMemsetD32Async(data.address(), 1, 1, origin));
  EXPECT_OK(cuEventRecord(fork, origin));
  EXPECT_OK(cuStreamWaitEvent(side, fork, 0));
  EXPECT_OK(cuMemsetD32Async(data.address() + 4, 2, 1, side));
  EXPECT_EQUAL(cuEventQuery(fork), CUDA_ERROR_CAPTURED_EVENT);
  EXPECT_OK(cuEventRecord(join, side));
  EXPECT_OK(cuStreamWaitEvent(origin, join, 0));
  EXPECT_OK(cuMemsetD32Async(data.address() + 8, 3, 1, origin));
  CUgraph graph = nullptr;
  EXPECT_EQUAL(cuStreamEndCapture(side, &graph), CUDA_ERROR_STREAM_CAPTURE_UNMATCHED);
  EXPECT_OK(cuStreamEndCapture(origin, &graph));
  EXPECT_EQUAL(nodeCount(graph), size_t{3});
  CUgraphExec exec = nullptr;
  EXPECT_OK(cuGraphInstantiateWithFlags(&exec, graph, 0));
  EXPECT_OK(cuGraphLaunch(exec, origin));
  EXPECT_OK(cuStreamSynchronize(origin));
  EXPECT(data.download() == (std::vector<int>{1, 2, 3}));
  EXPECT_OK(cuGraphExecDestroy(exec));
  EXPECT_OK(cuGraphDestroy(graph));
  EXPECT_OK(cuEventDestroy_v2(fork));
  EXPECT_OK(cuEventDestroy_v2(join));
  EXPECT_OK(cuStreamDestroy_v2(origin));
  EXPECT_OK(cuStreamDestroy_v2(side));
}

TEST(captureWithoutJoinIsRefused) {
  useDevice();
  CUstream origin = createStream(), side = createStream();
  CUevent fork = nullptr;
  EXPECT_OK(cuEventCreate(&fork, CU_EVENT_DISABLE_TIMING));
  DeviceArray<int> data(1);
  EXPECT_OK(cuStreamBeginCapture_v2(origin, CU_STREAM_CAPTURE_MODE_GLOBAL));
  EXPECT_OK(cuEventRecord(fork, origin));
  EXPECT_OK(cuStreamWaitEvent(side, fork, 0));
  EXPECT_OK(cuMemsetD32Async(data.address(), 2, 1, side));
  CUgraph graph = nullptr;
  EXPECT_EQUAL(cuStreamEndCapture(origin, &graph), CUDA_ERROR_STREAM_CAPTURE_UNJOINED);
  EXPECT(graph == nullptr);
  EXPECT_OK(cuEventDestroy_v2(fork));
  EXPECT_OK(cuStreamDestroy_v2(origin));
  EXPECT_OK(cuStreamDestroy_v2(side));
}

TEST(forbiddenCallsInvalidateACapture) {
  useDevice();
  CUstream stream = createStream();
  CUdeviceptr address = 0;
  const auto begin = [&] { EXPECT_OK(cuStreamBeginCapture_v2(stream, CU_STREAM_CAPTURE_MODE_GLOBAL)); };
  begin();
  EXPECT_EQUAL(cuStreamSynchronize(stream), CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED);
  expectInvalidated(stream);
  begin();
  EXPECT_EQUAL(cuStreamQuery(stream), CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED);
  expectInvalidated(stream);
  begin();
  EXPECT_EQUAL(cuMemAlloc_v2(&address, 16), CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED);
  expectInvalidated(stream);
  begin();
  EXPECT_EQUAL(cuStreamBeginCapture_v2(stream, CU_STREAM_CAPTURE_MODE_GLOBAL), CUDA_ERROR_ILLEGAL_STATE);
  EXPECT_EQUAL(cuCtxSynchronize(), CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED);
  expectInvalidated(stream);
  EXPECT_OK(cuStreamDestroy_v2(stream));
}

TEST(relaxedCaptureAllowsAllocation) {
  useDevice();
  CUstream stream = createStream();
  CUstreamCaptureMode mode = CU_STREAM_CAPTURE_MODE_RELAXED;
  EXPECT_OK(cuThreadExchangeStreamCaptureMode(&mode));
  EXPECT_EQUAL(mode, CU_STREAM_CAPTURE_MODE_GLOBAL);
  EXPECT_OK(cuStreamBeginCapture_v2(stream, CU_STREAM_CAPTURE_MODE_RELAXED));
  CUdeviceptr address = 0;
  EXPECT_OK(cuMemAlloc_v2(&address, 16));
  CUgraph graph = nullptr;
  EXPECT_OK(cuStreamEndCapture(stream, &graph));
  EXPECT_EQUAL(nodeCount(graph), size_t{0});
  EXPECT_OK(cuThreadExchangeStreamCaptureMode(&mode));
  EXPECT_OK(cuMemFree_v2(address));
  EXPECT_OK(cuGraphDestroy(graph));
  EXPECT_OK(cuStreamDestroy_v2(stream));
}

TEST(legacyStreamAndCapture) {
  useDevice();
  CUgraph graph = nullptr;
  EXPECT_EQUAL(cuStreamBeginCapture_v2(nullptr, CU_STREAM_CAPTURE_MODE_GLOBAL),
               CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED);
  DeviceArray<int> data(1);
  CUstream blocking = createStream(CU_STREAM_DEFAULT);
  EXPECT_EQUAL(cuStreamEndCapture(blocking, &graph), CUDA_ERROR_ILLEGAL_STATE);
  EXPECT_OK(cuStreamBeginCapture_v2(blocking, CU_STREAM_CAPTURE_MODE_RELAXED));
  EXPECT_EQUAL(cuMemsetD32Async(data.address(), 0, 1, nullptr), CUDA_ERROR_STREAM_CAPTURE_IMPLICIT);
  expectInvalidated(blocking);
  EXPECT_OK(cuStreamDestroy_v2(blocking));
}

TEST(captureEndsOnItsHostThread) {
  useDevice();
  CUcontext context = nullptr;
  EXPECT_OK(cuCtxGetCurrent(&context));
  CUstream stream = createStream();
  EXPECT_OK(cuStreamBeginCapture_v2(stream, CU_STREAM_CAPTURE_MODE_GLOBAL));
  std::thread([&] {
    EXPECT_OK(cuCtxSetCurrent(context));
    CUgraph graph = nullptr;
    EXPECT_EQUAL(cuStreamEndCapture(stream, &graph), CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD);
  }).join();
  CUgraph graph = nullptr;
  EXPECT_OK(cuStreamEndCapture(stream, &graph));
  EXPECT_OK(cuGraphDestroy(graph));
  EXPECT_OK(cuStreamDestroy_v2(stream));
}

TEST(graphsAreBuiltByHand) {
  useDevice();
  CUmodule module = loadModule("test-fibers.so");
  DeviceArray<float> data(std::vector<float>(64, 1.0f));
  CUgraph graph = nullptr;
  EXPECT_OK(cuGraphCreate(&graph, 0));
  CUDA_KERNEL_NODE_PARAMS kernel = {};
  CUdeviceptr address = data.address();
  float factor = 4.0f;
  int n = 64;
  void* parameters[] = {&address, &factor, &n};
  kernel.func = findFunction(module, "scale");
  kernel.gridDimX = kernel.gridDimY = kernel.gridDimZ = kernel.blockDimY = kernel.blockDimZ = 1;
  kernel.blockDimX = 64;
  kernel.kernelParams = parameters;
  CUgraphNode multiply = nullptr, fill = nullptr, last = nullptr;
  EXPECT_OK(cuGraphAddKernelNode_v2(&multiply, graph, nullptr, 0, &kernel));
  CUDA_MEMSET_NODE_PARAMS memset = {address, 0, 0x40000000, 4, 64, 1};  // 2.0f
  CUcontext context = nullptr;
  EXPECT_OK(cuCtxGetCurrent(&context));
  EXPECT_OK(cuGraphAddMemsetNode(&fill, graph, nullptr, 0, &memset, context));
  EXPECT_OK(cuGraphAddDependencies(graph, &fill, &multiply, 1));  // added after it, runs before it
  EXPECT_OK(cuGraphAddEmptyNode(&last, graph, &multiply, 1));
  CUgraphExec exec = nullptr;
  EXPECT_OK(cuGraphInstantiateWithFlags(&exec, graph, 0));
  factor = 100.0f;  // parameters were copied
  EXPECT_OK(cuGraphLaunch(exec, nullptr));
  EXPECT_OK(cuCtxSynchronize());
  EXPECT(data.download() == std::vector<float>(64, 8.0f));
  EXPECT_OK(cuGraphExecKernelNodeSetParams_v2(exec, multiply, &kernel));
  EXPECT_OK(cuGraphLaunch(exec, nullptr));
  EXPECT_OK(cuCtxSynchronize());
  EXPECT(data.download() == std::vector<float>(64, 200.0f));

  EXPECT_OK(cuGraphAddDependencies(graph, &last, &fill, 1));
  CUgraphExec cyclic = nullptr;
  EXPECT_EQUAL(cuGraphInstantiateWithFlags(&cyclic, graph, 0), CUDA_ERROR_INVALID_VALUE);
  EXPECT_OK(cuGraphExecDestroy(exec));
  EXPECT_OK(cuGraphDestroy(graph));
  EXPECT_OK(cuModuleUnload(module));
}
