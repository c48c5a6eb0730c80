#include "worker.h"

#include <sys/mman.h>

#include <cstring>
#include <new>

#include "kernel_faults.h"
#include "sanitizer.h"

__thread simt::ThreadState simt_thread = {};

namespace simt {

namespace {

constexpr unsigned char POISON = 0xFF;  // floats: NaN
constexpr unsigned char GAP = 0xA5;

}  // namespace

Worker& Worker::current() {
  static __thread Worker* worker = nullptr;
  if (worker) return *worker;
  thread_local std::unique_ptr<Worker> owner(new Worker());  // ends with its host thread
  worker = owner.get();
  return *worker;
}

Worker::Worker() { simt_thread.block = &block_; }

Worker::~Worker() {
  simt_thread.block = nullptr;
  releaseShared();
  if (dynamic_) munmap(dynamic_, dynamicBytes_);
}

void Worker::run(Launch& launch, uint64_t begin, uint64_t end) {
  try {
    prepare(launch);
  } catch (const std::bad_alloc&) {
    launch.fail(CUDA_ERROR_OUT_OF_MEMORY, std::string("kernel ") + launch.kernel->name +
                                              ": no host memory for shared memory or stacks");
    return;
  }
  const uint64_t blocks = launch.blocks();
  for (uint64_t position = begin; position < end && !launch.failed(); ++position) {
    const uint64_t number = launch.schedule.block(position, blocks);
    if (SIMT_TSAN && position > begin) prepareShared(launch);
    if (launch.checked) poisonShared(launch);
    block_.run(number);
    if (launch.checked) verifyShared(launch);
  }
}

void Worker::prepare(Launch& launch) {
  if (launch.checked) catchKernelFaults();
  prepareShared(launch);
  prepareDynamic(launch);
  block_.prepare(launch, dynamic_);
}

// On pages of its own, because its addresses are swizzled by their low bits.
void Worker::prepareDynamic(const Launch& launch) {
  const size_t bytes = launch.dynamicBytes ? launch.dynamicBytes + SHARED_GAP : 0;
  if (bytes <= dynamicBytes_) return;
  if (dynamic_) munmap(dynamic_, dynamicBytes_);
  dynamic_ = nullptr;
  dynamicBytes_ = (bytes + 4095) / 4096 * 4096;
  void* memory = mmap(nullptr, dynamicBytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  dynamic_ = static_cast<char*>(memory);
}

void Worker::prepareShared(const Launch& launch) {
  const size_t bytes = *launch.image->sharedBytes;
  // ThreadSanitizer must not relate blocks through the memory that they share by turns: each gets its own.
  if (bytes > sharedBytes_ || SIMT_TSAN) {
    releaseShared();
    const size_t pages = (bytes + 4095) / 4096 * 4096;
    void* memory = mmap(nullptr, pages, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    shared_ = static_cast<char*>(memory);
    sharedBytes_ = pages;
  }
  simt_thread.shared = shared_;
  if (SIMT_ASAN) markShared(launch);
}

void Worker::releaseShared() {
  if (!shared_) return;
  sanitizer::unpoison(shared_, sharedBytes_);
  munmap(shared_, sharedBytes_);
  shared_ = nullptr;
}

// Only the arrays may be accessed, not the gaps between them.
void Worker::markShared(const Launch& launch) {
  sanitizer::poison(shared_, sharedBytes_);
  size_t count;
  const SharedSlot* slots = launch.image->sharedSlots(&count);
  for (size_t i = 0; i < count; ++i) sanitizer::unpoison(shared_ + slots[i].offset, slots[i].bytes);
}

// Unwritten shared memory reads as NaN; the gaps between arrays carry a pattern.
void Worker::poisonShared(const Launch& launch) {
  sanitizer::unpoison(shared_, sharedBytes_);
  memset(shared_, GAP, *launch.image->sharedBytes);
  size_t count;
  const SharedSlot* slots = launch.image->sharedSlots(&count);
  for (size_t i = 0; i < count; ++i) memset(shared_ + slots[i].offset, POISON, slots[i].bytes);
  if (launch.dynamicBytes) memset(dynamic_, POISON, launch.dynamicBytes);
  if (launch.dynamicBytes) memset(dynamic_ + launch.dynamicBytes, GAP, SHARED_GAP);
  markShared(launch);
}

// The gaps are out of bounds to AddressSanitizer too.
__attribute__((no_sanitize("address"))) void Worker::verifyShared(Launch& launch) {
  for (size_t k = 0; launch.dynamicBytes && k < SHARED_GAP; ++k) {
    if (static_cast<unsigned char>(dynamic_[launch.dynamicBytes + k]) == GAP) continue;
    launch.fail(CUDA_ERROR_ILLEGAL_ADDRESS, std::string("kernel ") + launch.kernel->name + " wrote " +
                                                std::to_string(k) + " bytes after the end of its " +
                                                std::to_string(launch.dynamicBytes) +
                                                " bytes of dynamic shared memory");
    return;
  }
  size_t count;
  const SharedSlot* slots = launch.image->sharedSlots(&count);
  for (size_t i = 0; i < count; ++i) {
    const SharedSlot& slot = slots[i];
    for (size_t k = 0; k < SHARED_GAP; ++k) {
      const bool after = static_cast<unsigned char>(shared_[slot.offset + slot.bytes + k]) != GAP;
      const bool before = static_cast<unsigned char>(shared_[slot.offset - 1 - k]) != GAP;
      if (!after && !before) continue;
      const std::string place = after ? std::to_string(k) + " bytes after the end"
                                      : std::to_string(k + 1) + " bytes before the begin";
      launch.fail(CUDA_ERROR_ILLEGAL_ADDRESS, std::string("kernel ") + launch.kernel->name + " wrote " +
                                                  place + " of the shared array '" + slot.name + "' of " +
                                                  std::to_string(slot.bytes) + " bytes");
      return;
    }
  }
}

}  // namespace simt
