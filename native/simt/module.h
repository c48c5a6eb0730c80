// Modules: kernel images, which are shared libraries, and their functions.
#pragma once

#include <string>
#include <vector>

#include "cuda_types.h"
#include "device/image.h"

struct CUfunc_st {
  CUfunc_st(CUmodule module_, const simt::Image* image_, const simt::KernelDescriptor* kernel_)
      : module(module_), image(image_), kernel(kernel_) {}
  CUmodule module;
  const simt::Image* image;
  const simt::KernelDescriptor* kernel;
  int maxDynamicSharedBytes = 48 << 10;
  int carveout = -1;
};

struct CUmod_st {
  CUmod_st(CUcontext context_, void* library_, const simt::Image* image_);
  ~CUmod_st();
  CUcontext context;
  void* library;  // of dlopen
  const simt::Image* image;
  std::vector<CUfunction> functions;
  std::vector<void*> globals;  // those that were asked for: copies may use them
};
