#include "pool.h"

#include <pthread.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "settings.h"
#include "worker.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace simt {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto SPIN = std::chrono::microseconds(40);         // a worker's patience before it sleeps
constexpr auto WORTH_WAKING = std::chrono::microseconds(5);  // work after which sleepers are woken
constexpr uint64_t CHUNKS_PER_WORKER = 8;

void pause() {
#if defined(__x86_64__)
  _mm_pause();
#else
  asm volatile("yield");
#endif
}

// The program's signals are none of the workers' business; faults of kernels are.
void blockSignals() {
  sigset_t set;
  sigfillset(&set);
  for (int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP}) sigdelset(&set, fault);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

}  // namespace

Pool& Pool::instance() {
  static Pool* pool = new Pool();
  return *pool;
}

Pool::Pool() { resize(Settings::instance().workers()); }

void Pool::resize(int workers) {
  std::lock_guard lock(launching_);
  startThreads(workers - 1);
  workers_ = workers;
}

void Pool::startThreads(int count) {
  for (; threads_ < count; ++threads_) std::thread(&Pool::serve, this, threads_ + 1).detach();
}

void Pool::run(Launch& launch) {
  const uint64_t blocks = launch.blocks();
  if (blocks == 1 || workers() == 1) {
    Worker::current().run(launch, 0, blocks);
    return;
  }
  std::unique_lock lock(launching_, std::try_to_lock);
  if (!lock) {  // another host thread has the workers: do not wait for them
    Worker::current().run(launch, 0, blocks);
    return;
  }
  Slot& slot = freeSlot();
  publish(slot, launch);
  help(slot);
  // Closed: no worker that comes later will look at this slot.
  current_.store(current_.load(std::memory_order_relaxed) & ~uint64_t{0xff}, std::memory_order_seq_cst);
  for (int spins = 0; slot.done.load(std::memory_order_acquire) < blocks; ++spins) {
    if (spins < 2000)
      pause();
    else
      std::this_thread::yield();
  }
}

Pool::Slot& Pool::freeSlot() {
  for (int i = 0;; i = (i + 1) % SLOTS)
    if (slots_[i].users.load(std::memory_order_seq_cst) == 0) return slots_[i];
}

void Pool::publish(Slot& slot, Launch& launch) {
  slot.launch = &launch;
  slot.blocks = launch.blocks();
  slot.chunk = slot.blocks / (static_cast<uint64_t>(workers()) * CHUNKS_PER_WORKER);
  if (slot.chunk == 0) slot.chunk = 1;
  slot.next.store(0, std::memory_order_relaxed);
  slot.done.store(0, std::memory_order_relaxed);
  const uint64_t publication = (current_.load(std::memory_order_relaxed) >> 8) + 1;
  current_.store(publication << 8 | static_cast<uint64_t>(&slot - slots_ + 1), std::memory_order_seq_cst);
}

// The launching thread's part. While others sleep it begins alone, with few blocks and then twice as many
// each time, until the launch has proved worth a wake-up.
void Pool::help(Slot& slot) {
  const auto begin = Clock::now();
  for (uint64_t blocks = 1; sleepers_.load() > 0 && Clock::now() - begin < WORTH_WAKING; blocks *= 2)
    if (!take(slot, blocks < slot.chunk ? blocks : slot.chunk)) return;
  if (slot.next.load(std::memory_order_relaxed) >= slot.blocks) return;
  if (sleepers_.load() > 0) wakeSleepers();
  while (take(slot, slot.chunk)) {
  }
}

// Runs up to `count` blocks that nobody has taken; false if there were none.
bool Pool::take(Slot& slot, uint64_t count) {
  const uint64_t begin = slot.next.fetch_add(count, std::memory_order_relaxed);
  if (begin >= slot.blocks) return false;
  const uint64_t end = begin + count < slot.blocks ? begin + count : slot.blocks;
  Worker::current().run(*slot.launch, begin, end);
  slot.done.fetch_add(end - begin, std::memory_order_acq_rel);
  return true;
}

void Pool::wakeSleepers() {
  std::lock_guard lock(sleep_);
  wake_.notify_all();
}

void Pool::serve(int number) {
  blockSignals();
  uint64_t seen = 0;
  for (;;) {
    seen = awaitWork(seen, number);
    const unsigned open = seen & 0xff;
    if (!open) continue;
    Slot& slot = slots_[open - 1];
    slot.users.fetch_add(1, std::memory_order_seq_cst);
    if (current_.load(std::memory_order_seq_cst) == seen)
      while (take(slot, slot.chunk)) {
      }
    slot.users.fetch_sub(1, std::memory_order_release);
  }
}

// Waits for a publication other than `seen`; spins for a moment, then sleeps.
uint64_t Pool::awaitWork(uint64_t seen, int number) {
  const auto begin = Clock::now();
  auto useful = [&](uint64_t value) { return value != seen && (value & 0xff) != 0 && number < workers(); };
  for (unsigned spins = 0; spins % 64 != 63 || Clock::now() - begin < SPIN; ++spins) {
    const uint64_t value = current_.load(std::memory_order_acquire);
    if (useful(value)) return value;
    pause();
  }
  std::unique_lock lock(sleep_);
  sleepers_.fetch_add(1);
  uint64_t value = seen;
  wake_.wait(lock, [&] { return useful(value = current_.load()); });
  sleepers_.fetch_sub(1);
  return value;
}

}  // namespace simt
