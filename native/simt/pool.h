// Host threads that share the blocks of a launch with the thread that launches.
//
// A launch is over when all its BLOCKS are done: a worker that the operating system did not schedule in time
// is never waited for. Small launches are over before a sleeping worker would have been woken, so it is not.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "launch.h"

namespace simt {

class Pool {
 public:
  // The process's pool; never destroyed, because its threads may outlive static objects.
  static Pool& instance();

  void run(Launch& launch);

  // Threads that run blocks, the launching one included.
  int workers() const { return workers_.load(std::memory_order_relaxed); }
  void resize(int workers);

 private:
  // A place for one launch at a time. Workers hold `users` while they look at it; only then may it not be
  // reused.
  struct alignas(64) Slot {
    std::atomic<uint64_t> next{0};
    std::atomic<uint64_t> done{0};
    std::atomic<int> users{0};
    Launch* launch = nullptr;
    uint64_t blocks = 0;
    uint64_t chunk = 1;
  };
  static constexpr int SLOTS = 8;

  Pool();
  Slot& freeSlot();
  void publish(Slot& slot, Launch& launch);
  void help(Slot& slot);
  bool take(Slot& slot, uint64_t count);
  void wakeSleepers();
  void startThreads(int count);
  void serve(int number);
  uint64_t awaitWork(uint64_t seen, int number);

  std::atomic<int> workers_{1};
  int threads_ = 0;  // started; those beyond workers_ - 1 sleep
  Slot slots_[SLOTS];
  // Number of publications in the upper bits, slot + 1 in the lowest byte while one is open, 0 there
  // otherwise.
  std::atomic<uint64_t> current_{0};
  std::mutex launching_;
  std::mutex sleep_;
  std::condition_variable wake_;
  std::atomic<int> sleepers_{0};
};

}  // namespace simt
