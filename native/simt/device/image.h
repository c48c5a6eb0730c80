// What a kernel image (a shared library of kernels) tells the driver about itself. Everything is constant
// data.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include "shared.h"

namespace simt {

// One exported kernel. Parameters come as an array of pointers to values, as cuLaunchKernel takes them.
struct KernelDescriptor {
  const char* name;
  void (*run)(void** parameters);
  int parameterCount;
  const size_t* parameterSizes;
  const size_t* parameterOffsets;  // in a packed parameter buffer (CU_LAUNCH_PARAM_BUFFER_POINTER)
};

struct Image {
  int abi;
  const KernelDescriptor* const* kernelsBegin;
  const KernelDescriptor* const* kernelsEnd;
  const SharedSlot* (*sharedSlots)(size_t* count);
  const size_t* sharedBytes;
};

constexpr int IMAGE_ABI = 2;  // counts changes of these structures
constexpr const char* IMAGE_SYMBOL = "simt_image";

template <auto Function, class Type = decltype(Function)>
struct Kernel;

template <auto Function, class... Parameters>
struct Kernel<Function, void (*)(Parameters...)> {
  static constexpr int COUNT = sizeof...(Parameters);

  struct Layout {
    size_t size[COUNT + 1] = {sizeof(Parameters)..., 0};
    size_t offset[COUNT + 1] = {};
    constexpr Layout() {
      const size_t alignment[COUNT + 1] = {alignof(Parameters)..., 1};
      for (int i = 0, at = 0; i < COUNT; at = (int)(offset[i] + size[i]), ++i)
        offset[i] = (at + alignment[i] - 1) / alignment[i] * alignment[i];
    }
  };
  static constexpr Layout LAYOUT{};

  static void run(void** parameters) { call(parameters, std::make_index_sequence<COUNT>()); }

  template <size_t... I>
  static void call([[maybe_unused]] void** parameters, std::index_sequence<I...>) {
    Function(*static_cast<std::remove_const_t<Parameters>*>(parameters[I])...);
  }
};

}  // namespace simt

#define SIMT_EXPORT(kernel)                                                                               \
  static constexpr ::simt::KernelDescriptor kernel##_descriptor = {                                       \
      #kernel, &::simt::Kernel<&kernel>::run, ::simt::Kernel<&kernel>::COUNT,                             \
      ::simt::Kernel<&kernel>::LAYOUT.size, ::simt::Kernel<&kernel>::LAYOUT.offset};                      \
  __attribute__((used,                                                                                    \
                 section("simt_kernels"))) static const ::simt::KernelDescriptor* const kernel##_export = \
      &kernel##_descriptor;
