// Device memory and launches through the driver API, for benchmarks.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "control.h"
#include "cuda_api.h"

inline void check(CUresult result, const std::string& what) {
  if (result == CUDA_SUCCESS) return;
  fprintf(stderr, "%s: error %d, %s\n", what.c_str(), (int)result, stic_simt_last_message());
  exit(1);
}

// File name of the fastest kernel image that this processor runs.
inline const char* fastestImage() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return "kernels-x86-64-v4.so";
  return __builtin_cpu_supports("x86-64-v3") ? "kernels-x86-64-v3.so" : "kernels-x86-64-v2.so";
#else
  return "kernels-aarch64.so";
#endif
}

class Module {
 public:
  explicit Module(const std::string& folder) {
    CUcontext context;
    check(cuInit(0), "cuInit");
    check(cuDevicePrimaryCtxRetain(&context, 0), "cuDevicePrimaryCtxRetain");
    check(cuCtxSetCurrent(context), "cuCtxSetCurrent");
    const std::string file = folder + "/" + fastestImage();
    check(cuModuleLoad(&module_, file.c_str()), file);
  }

  // Runs a kernel over its extents and waits; the grid follows from the geometry in the module.
  template <class... Arguments>
  void run(const char* kernel, long long x, long long y, long long z, Arguments... arguments) {
    CUfunction function;
    CUdeviceptr global;
    int geometry[4];
    check(cuModuleGetFunction(&function, module_, kernel), kernel);
    check(cuModuleGetGlobal_v2(&global, nullptr, module_, (std::string(kernel) + "_geometry").c_str()),
          kernel);
    check(cuMemcpyDtoH_v2(geometry, global, sizeof geometry), kernel);
    const auto blocks = [&](long long extent, int axis) {
      return (unsigned)((extent + geometry[axis] - 1) / geometry[axis]);
    };
    void* parameters[] = {&arguments...};
    check(cuLaunchKernel(function, blocks(x, 1), blocks(y, 2), blocks(z, 3), (unsigned)geometry[0], 1, 1, 0,
                         nullptr, parameters, nullptr),
          kernel);
    check(cuCtxSynchronize(), kernel);
  }

 private:
  CUmodule module_;
};

// Floats on the device.
class Buffer {
 public:
  explicit Buffer(size_t count) : count_(count) {
    check(cuMemAlloc_v2(&address_, count * sizeof(float)), "cuMemAlloc");
  }
  explicit Buffer(const std::vector<float>& values) : Buffer(values.size()) {
    check(cuMemcpyHtoD_v2(address_, values.data(), count_ * sizeof(float)), "cuMemcpyHtoD");
  }
  ~Buffer() { cuMemFree_v2(address_); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  CUdeviceptr address() const { return address_; }
  std::vector<float> values() const {
    std::vector<float> values(count_);
    check(cuMemcpyDtoH_v2(values.data(), address_, count_ * sizeof(float)), "cuMemcpyDtoH");
    return values;
  }

 private:
  size_t count_;
  CUdeviceptr address_ = 0;
};
