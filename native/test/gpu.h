// Short forms for tests of the driver: a current context, modules, device arrays. Only the CUDA driver API is
// used.
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "cuda_api.h"
#include "device/types.h"
#include "harness.h"

#define EXPECT_OK(call) EXPECT_EQUAL(call, CUDA_SUCCESS)

// Retains the primary context until the program ends.
inline CUcontext retainPrimaryContext() {
  CUcontext context = nullptr;
  EXPECT_OK(cuInit(0));
  EXPECT_OK(cuDevicePrimaryCtxRetain(&context, 0));
  atexit([] { cuDevicePrimaryCtxRelease_v2(0); });
  return context;
}

// Makes the primary context current.
inline void useDevice() {
  static CUcontext context = retainPrimaryContext();
  EXPECT_OK(cuCtxSetCurrent(context));
}

// STIC_TEST_IMAGE names the one image of a driver that cannot load those of the CPU; STIC_TEST_IMAGES another
// folder.
inline std::string imagePath(const char* name) {
  const char* image = getenv("STIC_TEST_IMAGE");
  const char* folder = getenv("STIC_TEST_IMAGES");
  return image && strstr(name, "test-f") ? image
                                         : std::string(folder ? folder : STIC_TEST_IMAGES) + "/" + name;
}

inline CUmodule loadModule(const char* image) {
  CUmodule module = nullptr;
  EXPECT_OK(cuModuleLoad(&module, imagePath(image).c_str()));
  return module;
}

inline CUfunction findFunction(CUmodule module, const char* name) {
  CUfunction function = nullptr;
  EXPECT_OK(cuModuleGetFunction(&function, module, name));
  return function;
}

// A device array that lives as long as this object.
template <class T>
class DeviceArray {
 public:
  explicit DeviceArray(size_t count) : count_(count) {
    EXPECT_OK(cuMemAlloc_v2(&address_, count * sizeof(T)));
  }
  explicit DeviceArray(const std::vector<T>& values) : DeviceArray(values.size()) { upload(values); }
  ~DeviceArray() { cuMemFree_v2(address_); }
  DeviceArray(const DeviceArray&) = delete;
  DeviceArray& operator=(const DeviceArray&) = delete;

  CUdeviceptr address() const { return address_; }
  void upload(const std::vector<T>& values) {
    EXPECT_OK(cuMemcpyHtoD_v2(address_, values.data(), values.size() * sizeof(T)));
  }
  std::vector<T> download() const {
    std::vector<T> values(count_);
    EXPECT_OK(cuMemcpyDtoH_v2(values.data(), address_, count_ * sizeof(T)));
    return values;
  }

 private:
  size_t count_;
  CUdeviceptr address_ = 0;
};

template <class... Arguments>
CUresult launch(CUfunction function, unsigned grid, unsigned block, CUstream stream, Arguments... arguments) {
  void* parameters[] = {static_cast<void*>(&arguments)..., nullptr};
  return cuLaunchKernel(function, grid, 1, 1, block, 1, 1, 0, stream, parameters, nullptr);
}
