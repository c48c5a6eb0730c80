// One launch: a kernel, its parameters and its shape, and what went wrong in it.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "cuda_types.h"
#include "device/image.h"
#include "order.h"

namespace simt {

struct Launch {
  Launch(const KernelDescriptor* kernel_, const Image* image_, void** parameters_, const dim3& grid_,
         const dim3& block_, unsigned dynamicBytes_, Schedule schedule_, bool checked_)
      : kernel(kernel_),
        image(image_),
        parameters(parameters_),
        grid(grid_),
        block(block_),
        dynamicBytes(dynamicBytes_),
        schedule(schedule_),
        checked(checked_) {}
  ~Launch() { delete failure_.load(std::memory_order_relaxed); }
  Launch(const Launch&) = delete;
  Launch& operator=(const Launch&) = delete;

  const KernelDescriptor* kernel;
  const Image* image;
  void** parameters;
  const dim3& grid;  // references: a copy right after the parts were written stalls on them
  const dim3& block;
  unsigned dynamicBytes;  // of shared memory, beside the image's arrays
  Schedule schedule;
  bool checked;

  uint64_t blocks() const { return uint64_t{grid.x} * grid.y * grid.z; }
  unsigned threads() const { return block.x * block.y * block.z; }
  // A block of one thread needs no fiber.
  bool solo() const { return threads() == 1; }

  uint3 blockIndex(uint64_t number) const {
    if (grid.y == 1 && grid.z == 1) return {static_cast<unsigned>(number), 0, 0};  // spares two divisions
    const uint64_t row = number / grid.x;
    return {static_cast<unsigned>(number - row * grid.x), static_cast<unsigned>(row % grid.y),
            static_cast<unsigned>(row / grid.y)};
  }

  // The object by which the sanitizer sees that the launch's threads come before whoever waits for it. Blocks
  // do not come before each other.
  void* completion() { return &completion_; }

  // The first failure is kept; blocks that have not started yet are then skipped.
  void fail(CUresult code, const std::string& message);
  bool failed() const { return failure_.load(std::memory_order_acquire) != nullptr; }
  CUresult code() const { return failure_.load(std::memory_order_acquire)->code; }
  const std::string& message() const { return failure_.load(std::memory_order_acquire)->message; }

 private:
  struct Failure {
    CUresult code;
    std::string message;
  };

  char completion_ = 0;
  std::atomic<const Failure*> failure_{nullptr};
};

// Runs every block and returns when all are done.
void execute(Launch& launch);

}  // namespace simt
