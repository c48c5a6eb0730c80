// One launch: a kernel, its parameters and its shape, and what went wrong in it.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "cuda_types.h"
#include "device/image.h"
#include "order.h"

namespace simt {

struct Launch {
  Launch(const KernelDescriptor* kernel_, const Image* image_, void** parameters_, dim3 grid_, dim3 block_,
         Schedule schedule_, bool checked_)
      : kernel(kernel_),
        image(image_),
        parameters(parameters_),
        grid(grid_),
        block(block_),
        schedule(schedule_),
        checked(checked_) {}

  const KernelDescriptor* kernel;
  const Image* image;
  void** parameters;
  dim3 grid;
  dim3 block;
  Schedule schedule;
  bool checked;

  uint64_t blocks() const { return uint64_t{grid.x} * grid.y * grid.z; }
  unsigned threads() const { return block.x * block.y * block.z; }
  // A block that the kernel runs in one call: no fiber is needed.
  bool solo() const { return kernel->oncePerBlock || threads() == 1; }

  uint3 blockIndex(uint64_t number) const {
    const uint64_t row = number / grid.x;
    return {static_cast<unsigned>(number - row * grid.x), static_cast<unsigned>(row % grid.y),
            static_cast<unsigned>(row / grid.y)};
  }

  // The object by which the sanitizer sees that the launch's threads come before whoever waits for it. Blocks
  // do not come before each other.
  void* completion() { return &completion_; }

  // The first failure is kept; blocks that have not started yet are then skipped.
  void fail(CUresult code, const std::string& message);
  bool failed() const { return failed_.load(std::memory_order_relaxed); }
  CUresult code() const { return code_; }
  const std::string& message() const { return message_; }

 private:
  char completion_ = 0;
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  CUresult code_ = CUDA_SUCCESS;
  std::string message_;
};

// Runs every block and returns when all are done.
void execute(Launch& launch);

}  // namespace simt
