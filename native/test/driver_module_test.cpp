// Modules and launches: what is found, what is refused.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "gpu.h"

namespace {

std::vector<char> readFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

CUresult launchShape(CUfunction function, dim3 grid, dim3 block, unsigned sharedBytes = 0) {
  static CUdeviceptr nowhere = 0;
  static float factor = 1;
  static int n = 0;
  void* parameters[] = {&nowhere, &factor, &n};
  return cuLaunchKernel(function, grid.x, grid.y, grid.z, block.x, block.y, block.z, sharedBytes, nullptr,
                        parameters, nullptr);
}

}  // namespace

TEST(modulesComeFromMemory) {
  useDevice();
  const std::vector<char> image = readFile(imagePath("test-fibers.so"));
  EXPECT(!image.empty());
  CUmodule first = nullptr, second = nullptr;
  EXPECT_OK(cuModuleLoadData(&first, image.data()));
  EXPECT_OK(cuModuleLoadDataEx(&second, image.data(), 0, nullptr, nullptr));
  EXPECT(findFunction(first, "scale") != findFunction(second, "scale"));
  unsigned count = 0;
  EXPECT_OK(cuModuleGetFunctionCount(&count, first));
  std::vector<CUfunction> functions(count);
  EXPECT_OK(cuModuleEnumerateFunctions(functions.data(), count, first));
  bool found = false;
  for (CUfunction function : functions) {
    const char* name = nullptr;
    EXPECT_OK(cuFuncGetName(&name, function));
    found |= std::string(name) == "scale";
  }
  EXPECT(found);
  CUfunction missing = nullptr;
  EXPECT_EQUAL(cuModuleGetFunction(&missing, first, "no_such_kernel"), CUDA_ERROR_NOT_FOUND);
  CUdeviceptr global = 0;
  EXPECT_EQUAL(cuModuleGetGlobal_v2(&global, nullptr, first, "no_such_global"), CUDA_ERROR_NOT_FOUND);
  EXPECT_OK(cuModuleUnload(first));
  EXPECT_OK(cuModuleUnload(second));
}

TEST(wrongImagesAreRefused) {
  useDevice();
  CUmodule module = nullptr;
  const std::string text(4096, 'x');
  EXPECT_EQUAL(cuModuleLoadData(&module, text.data()), CUDA_ERROR_INVALID_IMAGE);
  EXPECT_EQUAL(cuModuleLoadData(&module, nullptr), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(cuModuleLoad(&module, "/no/such/file"), CUDA_ERROR_FILE_NOT_FOUND);
  std::vector<char> image = readFile(imagePath("test-fibers.so"));
  image.resize(image.size() / 2);
  const std::string path = imagePath("truncated.so");
  std::ofstream(path, std::ios::binary).write(image.data(), static_cast<long>(image.size()));
  EXPECT_EQUAL(cuModuleLoad(&module, path.c_str()), CUDA_ERROR_INVALID_IMAGE);
  remove(path.c_str());
}

TEST(launchesBeyondTheLimitsAreRefused) {
  useDevice();
  CUmodule module = loadModule("test-fibers.so");
  CUfunction scale = findFunction(module, "scale");
  EXPECT_OK(launchShape(scale, dim3(1), dim3(1024)));
  EXPECT_OK(launchShape(scale, dim3(1), dim3(4, 4, 64)));
  EXPECT_EQUAL(launchShape(scale, dim3(0), dim3(1)), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(launchShape(scale, dim3(1, 65536), dim3(1)), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(launchShape(scale, dim3(1, 1, 65536), dim3(1)), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(launchShape(scale, dim3(0x80000000u), dim3(1)), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(launchShape(scale, dim3(1), dim3(0)), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(launchShape(scale, dim3(1), dim3(1025)), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(launchShape(scale, dim3(1), dim3(33, 32)), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(launchShape(scale, dim3(1), dim3(1, 1, 65)), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(launchShape(scale, dim3(1), dim3(1), 1u << 20), CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(launchShape(nullptr, dim3(1), dim3(1)), CUDA_ERROR_INVALID_HANDLE);
  EXPECT_EQUAL(cuLaunchKernel(scale, 1, 1, 1, 1, 1, 1, 0, nullptr, nullptr, nullptr),
               CUDA_ERROR_INVALID_VALUE);
  EXPECT_OK(cuModuleUnload(module));
}

TEST(parametersComeInABufferToo) {
  useDevice();
  CUmodule module = loadModule("test-fibers.so");
  DeviceArray<int> output(std::vector<int>(50, 0));
  struct {
    CUdeviceptr output;
    long long n;
    int begin;
  } buffer = {output.address(), 50, 1000};
  size_t bytes = sizeof buffer;
  void* extra[] = {CU_LAUNCH_PARAM_BUFFER_POINTER, &buffer, CU_LAUNCH_PARAM_BUFFER_SIZE, &bytes,
                   CU_LAUNCH_PARAM_END};
  CUfunction iota = findFunction(module, "iota_tiles");
  EXPECT_OK(cuLaunchKernel(iota, 1, 1, 1, 64, 1, 1, 0, nullptr, nullptr, extra));
  EXPECT_EQUAL(output.download()[49], 1049);
  void* parameters[] = {&buffer.output, &buffer.n, &buffer.begin};
  EXPECT_EQUAL(cuLaunchKernel(iota, 1, 1, 1, 64, 1, 1, 0, nullptr, parameters, extra),
               CUDA_ERROR_INVALID_VALUE);
  EXPECT_OK(cuModuleUnload(module));
}

TEST(functionsHaveAttributes) {
  useDevice();
  CUmodule module = loadModule("test-fibers.so");
  CUfunction scale = findFunction(module, "scale");
  int value = 0;
  EXPECT_OK(cuFuncGetAttribute(&value, CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK, scale));
  EXPECT(value >= 128 && value <= 1024);
  EXPECT_OK(cuFuncSetAttribute(scale, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, 1024));
  EXPECT_OK(cuFuncGetAttribute(&value, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, scale));
  EXPECT_EQUAL(value, 1024);
  EXPECT_EQUAL(cuFuncSetAttribute(scale, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, 1 << 30),
               CUDA_ERROR_INVALID_VALUE);
  int blocks = 0, size = 0;
  EXPECT_OK(cuOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, scale, 128, 0));
  EXPECT(blocks >= 1);
  EXPECT_OK(cuOccupancyMaxPotentialBlockSize(&blocks, &size, scale, nullptr, 0, 0));
  EXPECT(blocks >= 1 && size >= 32 && size <= 1024);
  CUmodule owner = nullptr;
  EXPECT_OK(cuFuncGetModule(&owner, scale));
  EXPECT(owner == module);
  EXPECT_OK(cuModuleUnload(module));
}
