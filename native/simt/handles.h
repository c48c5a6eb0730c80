// Handles that a caller may get wrong. Objects of one kind live in one reserved address range, so any value
// whatever can be tested for being a live handle: it is never dereferenced before.
#pragma once

#include <sys/mman.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <new>
#include <utility>

namespace simt {

// The size of a table's slots: shifts and masks spare each launch the divisions.
constexpr size_t powerOfTwo(size_t least) {
  size_t size = 64;
  while (size < least) size *= 2;
  return size;
}

template <class T>
class Handles {
 public:
  // The process's table of this kind; never destroyed, because handles may be used until the process ends.
  static Handles& instance() {
    static auto* table = new Handles();
    return *table;
  }

  // A new object, or null if there are too many.
  template <class... Arguments>
  T* create(Arguments&&... arguments) {
    std::lock_guard lock(mutex_);
    size_t index;
    if (used_ < CAPACITY) {
      index = used_++;
    } else if (!free_.empty()) {
      index = free_.front();  // the oldest: a handle that is used after its end is most likely still dead
      free_.pop_front();
    } else {
      return nullptr;
    }
    T* object = new (&slots_[index].storage) T(std::forward<Arguments>(arguments)...);
    slots_[index].live.store(true, std::memory_order_release);
    return object;
  }

  bool valid(const T* handle) const {
    const size_t offset = reinterpret_cast<uintptr_t>(handle) - reinterpret_cast<uintptr_t>(slots_);
    if (offset >= CAPACITY * sizeof(Slot) || offset % sizeof(Slot) != 0) return false;
    return slots_[offset / sizeof(Slot)].live.load(std::memory_order_acquire);
  }

  void destroy(T* handle) {
    std::lock_guard lock(mutex_);
    auto* slot = reinterpret_cast<Slot*>(handle);
    slot->live.store(false, std::memory_order_release);
    handle->~T();
    free_.push_back(static_cast<size_t>(slot - slots_));
  }

  // Destroys every object for which the predicate holds.
  template <class Predicate>
  void destroyIf(Predicate predicate) {
    for (size_t i = 0; i < used_; ++i) {
      T* object = reinterpret_cast<T*>(&slots_[i].storage);
      if (slots_[i].live.load(std::memory_order_acquire) && predicate(*object)) destroy(object);
    }
  }

 private:
  struct alignas(powerOfTwo(sizeof(T) + alignof(T))) Slot {
    alignas(T) unsigned char storage[sizeof(T)];
    std::atomic<bool> live;  // the range is zero at first: not live
  };
  static constexpr size_t CAPACITY = size_t{1} << 18;

  Handles() {
    void* range = mmap(nullptr, CAPACITY * sizeof(Slot), PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range == MAP_FAILED) throw std::bad_alloc();
    slots_ = static_cast<Slot*>(range);
  }

  Slot* slots_;
  size_t used_ = 0;
  std::deque<size_t> free_;
  std::mutex mutex_;
};

template <class T>
bool valid(const T* handle) {
  return Handles<T>::instance().valid(handle);
}

}  // namespace simt
