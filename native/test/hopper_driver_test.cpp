// What GPUs of capability 9.0 added to launches: attributes, tensor maps, large dynamic shared memory.
#include "control.h"
#include "device/tensor_map.h"
#include "gpu.h"

namespace {

struct Map {
  CUtensorMapDataType type = CU_TENSOR_MAP_DATA_TYPE_BFLOAT16;
  uint32_t rank = 4;
  uintptr_t address = 1 << 20;
  uint64_t sizes[5] = {64, 8, 8, 2, 1};
  uint64_t strides[4] = {128, 1024, 8192, 16384};
  uint32_t box[5] = {64, 4, 2, 1, 1};
  uint32_t steps[5] = {1, 1, 1, 1, 1};
  int lower[3] = {-1, -1, 0}, upper[3] = {-1, -1, 0};
  uint32_t channels = 64, pixels = 128;
  CUtensorMapSwizzle swizzle = CU_TENSOR_MAP_SWIZZLE_128B;
  CUtensorMapFloatOOBfill fill = CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE;
  size_t misaligned = 0;

  CUresult tiled() {
    alignas(64) char memory[256];
    return cuTensorMapEncodeTiled(reinterpret_cast<CUtensorMap*>(memory + misaligned), type, rank,
                                  reinterpret_cast<void*>(address), sizes, strides, box, steps,
                                  CU_TENSOR_MAP_INTERLEAVE_NONE, swizzle, CU_TENSOR_MAP_L2_PROMOTION_L2_128B,
                                  fill);
  }
  CUresult im2col() {
    CUtensorMap map;
    return cuTensorMapEncodeIm2col(&map, type, rank, reinterpret_cast<void*>(address), sizes, strides, lower,
                                   upper, channels, pixels, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, swizzle,
                                   CU_TENSOR_MAP_L2_PROMOTION_NONE, fill);
  }
};

// Changes one thing of a good map.
template <class Change>
Map with(Change change) {
  Map map;
  change(map);
  return map;
}

#define REFUSED(call, sentence)                 \
  EXPECT_EQUAL(call, CUDA_ERROR_INVALID_VALUE); \
  EXPECT_EQUAL(std::string(stic_simt_last_message()).find(sentence) != std::string::npos, true)

CUlaunchConfig configuration(unsigned grid, CUlaunchAttribute* attributes, unsigned count) {
  return {grid, 1, 1, 128, 1, 1, 0, nullptr, attributes, count};
}

CUlaunchAttribute cluster(unsigned x) {
  CUlaunchAttribute attribute = {};
  attribute.id = CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION;
  attribute.value.clusterDim = {x, 1, 1};
  return attribute;
}

}  // namespace

TEST(goodTensorMapsAreEncoded) {
  useDevice();
  EXPECT_OK(Map().tiled());
  EXPECT_OK(Map().im2col());
  EXPECT_OK(with([](Map& m) { m.rank = 1; }).tiled());
  EXPECT_OK(with([](Map& m) { m.fill = CU_TENSOR_MAP_FLOAT_OOB_FILL_NAN_REQUEST_ZERO_FMA; }).tiled());
}

TEST(tensorMapsOutsideTheRulesAreRefused) {
  useDevice();
  REFUSED(with([](Map& m) { m.misaligned = 16; }).tiled(), "not aligned to 64");
  REFUSED(with([](Map& m) { m.address += 8; }).tiled(), "not aligned to 16");
  REFUSED(with([](Map& m) { m.rank = 0; }).tiled(), "rank 0 is not from 1 to 5");
  REFUSED(with([](Map& m) { m.rank = 6; }).tiled(), "rank 6 is not");
  REFUSED(with([](Map& m) { m.sizes[2] = 0; }).tiled(), "size 2 of 0");
  REFUSED(with([](Map& m) { m.strides[0] = 136; }).tiled(), "stride 0 of 136 bytes is no multiple of 16");
  REFUSED(with([](Map& m) { m.strides[1] = 512; }).tiled(), "overlaps");
  REFUSED(with([](Map& m) { m.box[1] = 257; }).tiled(), "box size 1 of 257");
  REFUSED(with([](Map& m) { m.box[0] = 4; }).tiled(), "no multiple of 16");
  REFUSED(with([](Map& m) { m.box[0] = 72; }).tiled(), "more than the swizzle's 128");
  REFUSED(with([](Map& m) { m.swizzle = CU_TENSOR_MAP_SWIZZLE_64B; }).tiled(), "more than the swizzle's 64");
  REFUSED(with([](Map& m) { m.steps[1] = 9; }).tiled(), "element stride 1 of 9");
  REFUSED(with([](Map& m) {
            m.type = CU_TENSOR_MAP_DATA_TYPE_UINT16;
            m.fill = CU_TENSOR_MAP_FLOAT_OOB_FILL_NAN_REQUEST_ZERO_FMA;
          }).tiled(),
          "fill 1 is not for data type 1");
}

TEST(im2colMapsOutsideTheRulesAreRefused) {
  useDevice();
  REFUSED(with([](Map& m) { m.rank = 2; }).im2col(), "rank 2 is not from 3 to 5");
  REFUSED(with([](Map& m) { m.lower[0] = -129; }).im2col(), "are not from -128 to 127");
  REFUSED(with([](Map& m) { m.upper[1] = -9; }).im2col(), "is empty");
  REFUSED(with([](Map& m) { m.channels = 72; }).im2col(), "more than the swizzle's 128");
  REFUSED(with([](Map& m) { m.pixels = 1025; }).im2col(), "1025 pixels per column");
}

TEST(launchesTakeAttributes) {
  useDevice();
  CUmodule module = loadModule("test-fibers.so");
  CUfunction scale = findFunction(module, "scale");
  DeviceArray<float> data(std::vector<float>(100, 2.0f));
  CUdeviceptr address = data.address();
  float factor = 3;
  int count = 100;
  void* parameters[] = {&address, &factor, &count};
  CUlaunchAttribute attributes[2] = {cluster(1), {}};
  attributes[1].id = CU_LAUNCH_ATTRIBUTE_PROGRAMMATIC_STREAM_SERIALIZATION;
  attributes[1].value.programmaticStreamSerializationAllowed = 1;
  CUlaunchConfig config = configuration(1, attributes, 2);
  EXPECT_OK(cuLaunchKernelEx(&config, scale, parameters, nullptr));
  EXPECT_EQUAL(data.download()[99], 6.0f);

  EXPECT_OK(cuStreamCreate(&config.hStream, CU_STREAM_NON_BLOCKING));
  EXPECT_OK(cuStreamBeginCapture_v2(config.hStream, CU_STREAM_CAPTURE_MODE_GLOBAL));
  EXPECT_OK(cuLaunchKernelEx(&config, scale, parameters, nullptr));
  CUgraph graph = nullptr;
  EXPECT_OK(cuStreamEndCapture(config.hStream, &graph));
  EXPECT_EQUAL(data.download()[99], 6.0f);
  CUgraphExec exec = nullptr;
  EXPECT_OK(cuGraphInstantiateWithFlags(&exec, graph, 0));
  EXPECT_OK(cuGraphLaunch(exec, config.hStream));
  EXPECT_OK(cuStreamSynchronize(config.hStream));
  EXPECT_EQUAL(data.download()[99], 18.0f);
  EXPECT_OK(cuGraphExecDestroy(exec));
  EXPECT_OK(cuGraphDestroy(graph));
  EXPECT_OK(cuStreamDestroy_v2(config.hStream));
}

TEST(clustersMustDivideTheGrid) {
  useDevice();
  CUmodule module = loadModule("test-fibers.so");
  CUfunction scale = findFunction(module, "scale");
  CUlaunchAttribute attribute = cluster(2);
  CUlaunchConfig config = configuration(3, &attribute, 1);
  EXPECT_EQUAL(cuLaunchKernelEx(&config, scale, nullptr, nullptr), CUDA_ERROR_INVALID_CLUSTER_SIZE);
  EXPECT_EQUAL(cuLaunchKernelEx(nullptr, scale, nullptr, nullptr), CUDA_ERROR_INVALID_VALUE);
}

TEST(largeSharedMemoryIsAskedFor) {
  useDevice();
  CUmodule module = loadModule("test-fibers.so");
  CUfunction reverse = findFunction(module, "reverse_dynamic");
  constexpr unsigned BYTES = 100 << 10, COUNT = BYTES / 4;
  DeviceArray<float> data(COUNT);
  CUdeviceptr address = data.address();
  int count = COUNT;
  void* parameters[] = {&address, &count};
  const auto run = [&] {
    return cuLaunchKernel(reverse, 1, 1, 1, 128, 1, 1, BYTES, nullptr, parameters, nullptr);
  };
  EXPECT_EQUAL(run(), CUDA_ERROR_INVALID_VALUE);
  EXPECT_OK(cuFuncSetAttribute(reverse, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, BYTES));
  std::vector<float> values(COUNT);
  for (unsigned i = 0; i < COUNT; ++i) values[i] = static_cast<float>(i);
  data.upload(values);
  EXPECT_OK(run());
  const std::vector<float> reversed = data.download();
  EXPECT_EQUAL(reversed[0], static_cast<float>(COUNT - 1));
  EXPECT_EQUAL(reversed[COUNT - 1], 0.0f);
}
