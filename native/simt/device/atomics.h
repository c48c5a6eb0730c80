// CUDA's integer atomics. There are none for floats: their sums would depend on the order of threads.
#pragma once

namespace simt {
template <class T>
struct Exactly {
  using Type = T;
};
template <class T>
using Operand =
    typename Exactly<T>::Type;  // takes part in no deduction, so that atomicAdd(unsigned*, 1) compiles
}  // namespace simt

template <class T>
inline T atomicAdd(T* address, simt::Operand<T> value) {
  static_assert(T(0.5) == T(0), "no float atomics: the result would depend on the order of threads");
  return __atomic_fetch_add(address, value, __ATOMIC_RELAXED);
}

template <class T>
inline T atomicSub(T* address, simt::Operand<T> value) {
  return __atomic_fetch_sub(address, value, __ATOMIC_RELAXED);
}

template <class T>
inline T atomicAnd(T* address, simt::Operand<T> value) {
  return __atomic_fetch_and(address, value, __ATOMIC_RELAXED);
}

template <class T>
inline T atomicOr(T* address, simt::Operand<T> value) {
  return __atomic_fetch_or(address, value, __ATOMIC_RELAXED);
}

template <class T>
inline T atomicExch(T* address, simt::Operand<T> value) {
  return __atomic_exchange_n(address, value, __ATOMIC_RELAXED);
}

template <class T>
inline T atomicCAS(T* address, simt::Operand<T> compare, simt::Operand<T> value) {
  __atomic_compare_exchange_n(address, &compare, value, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
  return compare;
}

template <class T>
inline T atomicMax(T* address, simt::Operand<T> value) {
  T old = __atomic_load_n(address, __ATOMIC_RELAXED);
  while (old < value &&
         !__atomic_compare_exchange_n(address, &old, value, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
  }
  return old;
}

template <class T>
inline T atomicMin(T* address, simt::Operand<T> value) {
  T old = __atomic_load_n(address, __ATOMIC_RELAXED);
  while (value < old &&
         !__atomic_compare_exchange_n(address, &old, value, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
  }
  return old;
}

inline void __threadfence() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
inline void __threadfence_block() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
