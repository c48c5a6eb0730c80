// Linked into every kernel image: gathers its kernels and shared arrays.
#include "image.h"

#include <vector>

// Bounds of the section that SIMT_EXPORT fills, made by the linker; absent in an image without kernels.
extern "C" {
extern const simt::KernelDescriptor* const __start_simt_kernels[] __attribute__((weak, visibility("hidden")));
extern const simt::KernelDescriptor* const __stop_simt_kernels[] __attribute__((weak, visibility("hidden")));
}

namespace simt {
namespace {

size_t sharedBytes = SHARED_GAP;

// Local static: arrays are reserved during static initialisation, in no particular order.
std::vector<SharedSlot>& slots() {
  static std::vector<SharedSlot> list;
  return list;
}

}  // namespace

size_t reserveShared(size_t bytes, const char* name) {
  const size_t offset = sharedBytes;
  slots().push_back({offset, bytes, name});
  sharedBytes = (offset + bytes + SHARED_GAP + 63) / 64 * 64;
  return offset;
}

}  // namespace simt

extern "C" __attribute__((visibility("default"))) const simt::Image simt_image = {
    simt::IMAGE_ABI,
    __start_simt_kernels,
    __stop_simt_kernels,
    [](size_t* count) {
      *count = simt::slots().size();
      return static_cast<const simt::SharedSlot*>(simt::slots().data());
    },
    &simt::sharedBytes,
};
