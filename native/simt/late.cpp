#include "late.h"

#include <atomic>
#include <deque>
#include <map>
#include <mutex>

#include "event.h"
#include "memory.h"
#include "stream.h"

namespace simt {

namespace {

struct Entry {
  uint64_t number;
  Operation operation;  // empty where the entry is a wait
  LatePlace wait;
};
using Queue = std::deque<Entry>;

std::atomic<bool> isOn{false};

// Guards the queues; work is done under it, and may wait for other streams' work.
std::recursive_mutex mutex;
std::map<CUstream_st*, Queue>& queues() {
  static auto* map = new std::map<CUstream_st*, Queue>();
  return *map;
}
uint64_t count = 0;  // of all entries ever

void push(CUstream_st& stream, const Operation& operation, const LatePlace& wait) {
  queues()[&stream].push_back({++count, operation, wait});
}

CUresult first(CUresult one, CUresult other) { return one ? one : other; }

bool isPinned(const void* address) {
  Allocation allocation;
  return Memory::instance().find(reinterpret_cast<uintptr_t>(address), &allocation);
}

// A copy from or to memory that only the host knows is staged before its call returns.
bool mayBeLate(const Operation& operation) {
  const auto* copy = std::get_if<CopyOperation>(&operation);
  return !copy || ((copy->destinationOnDevice || isPinned(copy->destination)) &&
                   (copy->sourceOnDevice || isPinned(copy->source)));
}

// The legacy stream begins after all work of blocking streams.
CUresult finishBlocking() {
  CUresult error = CUDA_SUCCESS;
  for (auto& [stream, queue] : queues())
    if (stream->blocking()) error = first(error, Late::finish(LatePlace{stream, count}));
  return error;
}

}  // namespace

bool Late::on() { return isOn.load(std::memory_order_acquire); }

CUresult Late::set(bool on) {
  isOn.store(on, std::memory_order_release);
  return finishAll();
}

CUresult Late::add(CUstream_st& stream, const Operation& operation, const char* function) {
  std::lock_guard lock(mutex);
  const bool legacy = &stream == streamOf(nullptr);
  if (!legacy && mayBeLate(operation)) {
    push(stream, operation, {});
    if (const auto* mark = std::get_if<EventOperation>(&operation)) mark->event->expectAt({&stream, count});
    return CUDA_SUCCESS;
  }
  const CUresult before = legacy ? finishBlocking() : finish(stream);
  return before ? before : perform(operation, function);
}

void Late::wait(CUstream_st& stream, const LatePlace& place) {
  std::lock_guard lock(mutex);
  push(stream, EmptyOperation{}, place);
}

LatePlace Late::end(CUstream_st& stream) {
  std::lock_guard lock(mutex);
  return {&stream, count};
}

CUresult Late::finish(const LatePlace& place) {
  std::lock_guard lock(mutex);
  const auto found = queues().find(place.stream);
  if (found == queues().end()) return CUDA_SUCCESS;
  Queue& queue = found->second;
  CUresult error = CUDA_SUCCESS;
  while (!queue.empty() && queue.front().number <= place.number) {
    const Entry entry = queue.front();
    queue.pop_front();
    error =
        first(error, entry.wait.stream ? finish(entry.wait) : perform(entry.operation, "a stream's work"));
  }
  return error;
}

CUresult Late::finish(CUstream_st& stream) {
  std::lock_guard lock(mutex);
  const CUresult error = finish(end(stream));
  queues().erase(&stream);  // the stream may be about to be destroyed
  return error;
}

CUresult Late::finishAll() {
  std::lock_guard lock(mutex);
  CUresult error = CUDA_SUCCESS;
  for (auto& [stream, queue] : queues()) error = first(error, finish(LatePlace{stream, count}));
  queues().clear();
  return error;
}

}  // namespace simt
