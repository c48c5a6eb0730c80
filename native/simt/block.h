// The scheduler of one block: its threads are fibers of the host thread that runs the block.
//
// A thread that finishes hands its stack to the next one that has not started, so a kernel without barriers
// runs as a plain loop; a block that is one call of the kernel needs no fiber at all.
#pragma once

#include <cstdint>
#include <vector>

#include "device/runtime.h"
#include "launch.h"
#include "order.h"
#include "stacks.h"
#include "thread_set.h"

namespace simt {

class Block {
 public:
  // Prepares for blocks of this launch; called once before run().
  void prepare(Launch& launch, char* dynamicShared);

  // Runs block `number`. A failure is noted in the launch.
  void run(uint64_t number);

  void barrier(const char* site);
  uint64_t warpOperation(WarpOperation operation, uint32_t mask, uint64_t value, int source);
  void wait(const void* key, const char* site);
  void wake(const void* key);
  void* storage(size_t bytes);
  char* dynamicShared(size_t* bytes) const;
  uint32_t liveLanes() const { return count_ == 1 ? 1 : live_.warp(current_ / 32); }
  int lane() const { return static_cast<int>(current_ % 32); }

  bool running() const { return running_; }
  // True for an address just below the running thread's stack.
  bool overflowed(uintptr_t address) const;

  // Ends the block that runs now: notes the failure, in printf's manner, and returns to the host thread's own
  // stack. Nothing on the kernel's stack is destroyed, so callers own nothing.
  [[noreturn]] void abandon(CUresult code, const char* format, ...) __attribute__((format(printf, 3, 4)));

 private:
  struct Fiber {
    void* stackPointer;
    uint3 index;
    int stack;
    bool started;
    const char* site;  // the barrier at which it waits
    const void* key;   // for whose change it waits
    void* sanitizer;   // ThreadSanitizer's fiber
    void* fakeStack;   // AddressSanitizer's
  };

  // What each lane brought to the warp operation at which it waits, and what it takes away.
  struct Warp {
    uint32_t arrived;
    WarpOperation operation[32];
    uint32_t mask[32];
    int source[32];
    uint64_t value[32];
    uint64_t result[32];
  };

  static void entry();
  void runFibers();
  void startThreads();
  void enterFirst();
  void leave(Fiber* finished);
  [[noreturn]] void returnToHost();
  void retire();
  void become(unsigned thread);
  void switchTo(unsigned thread);
  void startIfNeeded(Fiber& fiber);
  void waitForOthers();
  void yield();
  int pick();
  int pickNear();
  void releaseBarrier();
  static bool complete(const Warp& warp, unsigned lane, uint32_t group);
  void completeWarp(unsigned warp, uint32_t group);
  void completeAfterExit(unsigned warp);
  void checkWarpArrival(const Warp& warp, unsigned lane, uint32_t group);
  [[noreturn]] void deadlock();

  Launch* launch_ = nullptr;
  char* dynamicShared_ = nullptr;
  bool running_ = false;
  bool solo_ = false;
  bool useFibers_ = false;
  unsigned count_ = 1;    // threads of the block
  unsigned alive_ = 1;    // that have not exited
  unsigned waiting_ = 0;  // that wait at the barrier
  unsigned current_ = 0;
  unsigned phase_ = 0;  // barriers passed; its parity names the sanitizer's barrier object
  const char* site_ = nullptr;
  ThreadSet live_;
  ThreadSet ready_;
  ThreadSet parked_;  // that wait for a key
  std::vector<char> storage_;
  bool storageIsFresh_ = false;
  OrderStream random_;
  dim3 shape_{0, 0, 0};  // for which the fibers' indices are set
  void* hostStackPointer_ = nullptr;
  void* hostFiber_ = nullptr;
  void* hostFakeStack_ = nullptr;
  const void* hostBottom_ = nullptr;
  size_t hostBytes_ = 0;
  char barrierObject_[2] = {};
  Stacks stacks_;
  Stacks soloStack_;
  Fiber fibers_[ThreadSet::MAX_THREADS];
  Warp warps_[ThreadSet::MAX_THREADS / 32];
};

}  // namespace simt
