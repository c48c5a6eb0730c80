// CUDA's arithmetic and bit intrinsics that have no C library name.
#pragma once

#include <math.h>
#include <stdint.h>
#include <time.h>

#include <cstring>
#include <type_traits>

inline int __float_as_int(float value) {
  int bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

inline float __int_as_float(int bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

inline unsigned int __float_as_uint(float value) {
  unsigned int bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

inline float __uint_as_float(unsigned int bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

inline unsigned int __umulhi(unsigned int a, unsigned int b) {
  return (unsigned int)(((uint64_t)a * b) >> 32);
}
// Nanoseconds of the clock that the driver's events use.
inline long long simt_nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1000000000LL * now.tv_sec + now.tv_nsec;
}

inline int __popc(unsigned int bits) { return __builtin_popcount(bits); }
inline int __ffs(int bits) { return __builtin_ffs(bits); }
inline int __clz(int bits) { return bits ? __builtin_clz((unsigned int)bits) : 32; }

inline float rsqrtf(float x) { return 1.0f / sqrtf(x); }

template <class T>
inline T __ldg(const T* address) {
  return *address;
}

// Integers only: CUDA's min and max of floats ignore NaN, for which fminf and fmaxf are the portable names.
template <class T>
inline std::enable_if_t<std::is_integral_v<T>, T> min(T a, T b) {
  return b < a ? b : a;
}

template <class T>
inline std::enable_if_t<std::is_integral_v<T>, T> max(T a, T b) {
  return a < b ? b : a;
}
