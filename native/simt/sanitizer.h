// What the sanitizers must be told about fibers. Without a sanitizer every function here is empty.
//
// AddressSanitizer is told at each switch which stack comes next. ThreadSanitizer sees each CUDA thread as a
// fiber of its own; switches order nothing, only barriers and warp operations (release, acquire) do.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define SIMT_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SIMT_ASAN 1
#endif
#endif

// The scheduler itself is compiled without ThreadSanitizer's instrumentation, so CMake says when it is in the
// program.
#if !defined(SIMT_TSAN)
#define SIMT_TSAN 0
#endif
#if !defined(SIMT_ASAN)
#define SIMT_ASAN 0
#endif

extern "C" {
#if SIMT_ASAN
void __sanitizer_start_switch_fiber(void** save, const void* bottom, size_t size);
void __sanitizer_finish_switch_fiber(void* save, const void** bottom, size_t* size);
void __asan_poison_memory_region(const volatile void* address, size_t size);
void __asan_unpoison_memory_region(const volatile void* address, size_t size);
#endif
#if SIMT_TSAN
void* __tsan_get_current_fiber();
void* __tsan_create_fiber(unsigned flags);
void __tsan_destroy_fiber(void* fiber);
void __tsan_switch_to_fiber(void* fiber, unsigned flags);
void __tsan_acquire(void* address);
void __tsan_release(void* address);
#endif
}

namespace simt::sanitizer {

inline void startSwitch([[maybe_unused]] void** save, [[maybe_unused]] const void* bottom,
                        [[maybe_unused]] size_t size) {
#if SIMT_ASAN
  __sanitizer_start_switch_fiber(save, bottom, size);
#endif
}

inline void finishSwitch([[maybe_unused]] void* save, [[maybe_unused]] const void** bottom,
                         [[maybe_unused]] size_t* size) {
#if SIMT_ASAN
  __sanitizer_finish_switch_fiber(save, bottom, size);
#endif
}

inline void poison([[maybe_unused]] const void* address, [[maybe_unused]] size_t size) {
#if SIMT_ASAN
  __asan_poison_memory_region(address, size);
#endif
}

inline void unpoison([[maybe_unused]] const void* address, [[maybe_unused]] size_t size) {
#if SIMT_ASAN
  __asan_unpoison_memory_region(address, size);
#endif
}

inline void* createFiber() {
#if SIMT_TSAN
  return __tsan_create_fiber(0);
#else
  return nullptr;
#endif
}

inline void* currentFiber() {
#if SIMT_TSAN
  return __tsan_get_current_fiber();
#else
  return nullptr;
#endif
}

inline void destroyFiber([[maybe_unused]] void* fiber) {
#if SIMT_TSAN
  __tsan_destroy_fiber(fiber);
#endif
}

// Makes `fiber` the running one; the switch itself orders no memory accesses.
inline void enterFiber([[maybe_unused]] void* fiber) {
#if SIMT_TSAN
  constexpr unsigned NO_SYNCHRONISATION = 1;
  __tsan_switch_to_fiber(fiber, NO_SYNCHRONISATION);
#endif
}

inline void acquire([[maybe_unused]] void* address) {
#if SIMT_TSAN
  __tsan_acquire(address);
#endif
}

inline void release([[maybe_unused]] void* address) {
#if SIMT_TSAN
  __tsan_release(address);
#endif
}

}  // namespace simt::sanitizer
