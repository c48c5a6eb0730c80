// What a host thread needs to run blocks: a block scheduler and the block's shared memory.
#pragma once

#include <cstdint>
#include <memory>

#include "block.h"
#include "launch.h"

namespace simt {

class Worker {
 public:
  // The calling host thread's own, made at its first launch.
  static Worker& current();

  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Runs blocks [begin, end) of the launch's schedule.
  void run(Launch& launch, uint64_t begin, uint64_t end);

 private:
  Worker();
  void prepare(Launch& launch);
  void prepareShared(const Launch& launch);
  void prepareDynamic(const Launch& launch);
  void releaseShared();
  void markShared(const Launch& launch);
  void poisonShared(const Launch& launch);
  void verifyShared(Launch& launch);

  Block block_;
  char* shared_ = nullptr;
  size_t sharedBytes_ = 0;
  char* dynamic_ = nullptr;  // dynamic shared memory, on pages of its own
  size_t dynamicBytes_ = 0;
};

}  // namespace simt
