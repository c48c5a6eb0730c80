// Shared arrays. Each one has a fixed offset in the block's shared memory, given when its image is loaded:
// neither a thread-local array of the image (static TLS is scarce, dynamic TLS costs a call) nor an
// allocation per block.
#pragma once

#include <cstddef>

#include "runtime.h"

namespace simt {

struct SharedSlot {
  size_t offset;
  size_t bytes;
  const char* name;
};

// Bytes between two shared arrays, so that an access beyond one does not hit the next unseen.
constexpr size_t SHARED_GAP = 128;

// Called while the image is loaded, once per shared array; returns its offset. Defined in image.cpp.
size_t reserveShared(size_t bytes, const char* name);

template <class Name, size_t Bytes>
struct SharedOffset {
  static inline const size_t value = reserveShared(Bytes, Name::text());
};

}  // namespace simt

#define SIMT_DYNAMIC_SHARED(name)       \
  [[maybe_unused]] size_t name##_bytes; \
  unsigned char* const name = reinterpret_cast<unsigned char*>(simt_dynamic_shared(&name##_bytes))

#define SIMT_SHARED(type, name, dims)                                           \
  struct name##_name {                                                          \
    static const char* text() { return #name; }                                 \
  };                                                                            \
  typedef type name##_type dims;                                                \
  name##_type& name = *reinterpret_cast<name##_type*>(__builtin_assume_aligned( \
      simt_thread.shared + ::simt::SharedOffset<name##_name, sizeof(name##_type)>::value, 64))
