#include "block.h"

#include <cstdarg>
#include <cstdio>

#include "fiber.h"
#include "sanitizer.h"

namespace simt {

namespace {

constexpr size_t STACK_BYTES = SIMT_ASAN || SIMT_TSAN ? size_t{128} << 10 : size_t{32} << 10;
// The one thread of a fat block keeps what the many threads of a GPU's block keep.
constexpr size_t SOLO_STACK_BYTES = size_t{4} << 20;

}  // namespace

void Block::prepare(Launch& launch, char* dynamicShared) {
  launch_ = &launch;
  dynamicShared_ = dynamicShared;
  solo_ = launch.solo();
  // In checked mode a faulting access must be able to leave the kernel: that takes a stack to leave.
  useFibers_ = !solo_ || launch.checked || launch.dynamicBytes || SIMT_TSAN;
  count_ = launch.threads();
  simt_thread.blockDim = launch.block;
  simt_thread.gridDim = launch.grid;
  simt_thread.threadIdx = {0, 0, 0};
  current_ = 0;
  if (!useFibers_) return;
  if (solo_)
    soloStack_.reserve(1, SOLO_STACK_BYTES, launch.checked);
  else
    stacks_.reserve(count_ <= 256 ? 256 : ThreadSet::MAX_THREADS, STACK_BYTES, launch.checked);
  const dim3 shape = simt_thread.blockDim;
  if (shape.x == shape_.x && shape.y == shape_.y && shape.z == shape_.z) return;
  shape_ = shape;
  for (unsigned z = 0, thread = 0; z < shape.z; ++z)
    for (unsigned y = 0; y < shape.y; ++y)
      for (unsigned x = 0; x < shape.x; ++x) fibers_[thread++].index = {x, y, z};
}

void Block::run(uint64_t number) {
  simt_thread.blockIdx = launch_->blockIndex(number);
  if (!useFibers_) {
    launch_->kernel->run(launch_->parameters);
    return;
  }
  random_.seed(launch_->schedule.seed, number);
  runFibers();
}

void Block::runFibers() {
  startThreads();
  running_ = true;
  enterFirst();
  running_ = false;
  for (unsigned t = 0; SIMT_TSAN && t < count_; ++t) sanitizer::destroyFiber(fibers_[t].sanitizer);
}

void Block::startThreads() {
  alive_ = count_;
  waiting_ = 0;
  phase_ = 0;
  site_ = nullptr;
  live_.fill(count_);
  ready_.fill(count_);
  parked_.clear(count_);
  storageIsFresh_ = false;
  for (unsigned w = 0; w < (count_ + 31) / 32; ++w) warps_[w].arrived = 0;
  for (unsigned t = 0; t < count_; ++t) {
    fibers_[t].started = false;
    fibers_[t].sanitizer = sanitizer::createFiber();
  }
  if (SIMT_TSAN) (solo_ ? soloStack_ : stacks_).reset(true);
  hostBottom_ = nullptr;
  hostFiber_ = sanitizer::currentFiber();
}

void Block::enterFirst() {
  current_ = count_ - 1;  // forward order starts after it: with thread 0
  become(static_cast<unsigned>(pick()));
  Fiber& first = fibers_[current_];
  startIfNeeded(first);
  Stacks& stacks = solo_ ? soloStack_ : stacks_;
  sanitizer::startSwitch(&hostFakeStack_, stacks.bottom(first.stack), stacks.bytes());
  sanitizer::enterFiber(first.sanitizer);
  simt_switch(&hostStackPointer_, first.stackPointer);
  sanitizer::finishSwitch(hostFakeStack_, nullptr, nullptr);
}

// The first function on every stack.
void Block::entry() {
  Block& block = *simt_thread.block;
  if (block.hostBottom_)
    sanitizer::finishSwitch(nullptr, nullptr, nullptr);
  else
    sanitizer::finishSwitch(nullptr, &block.hostBottom_, &block.hostBytes_);
  for (;;) {
    block.launch_->kernel->run(block.launch_->parameters);
    block.retire();
  }
}

// The current thread has run to its end. Returns if its stack is to be used for the thread that is current
// then.
void Block::retire() {
  Fiber& finished = fibers_[current_];
  sanitizer::release(launch_->completion());
  live_.remove(current_);
  ready_.remove(current_);
  if (--alive_ == 0) {
    (solo_ ? soloStack_ : stacks_).release(finished.stack);
    returnToHost();
  }
  completeAfterExit(current_ / 32);
  if (waiting_ == alive_) {
    if (launch_->checked)
      abandon(CUDA_ERROR_LAUNCH_FAILED, "the thread exited while all others wait at __syncthreads (%s)",
              site_);
    releaseBarrier();
  }
  const int next = pick();
  if (next < 0) deadlock();
  Fiber& fiber = fibers_[next];
  become(static_cast<unsigned>(next));
  if (!fiber.started && !SIMT_TSAN) {
    fiber.started = true;
    fiber.stack = finished.stack;
    return;
  }
  startIfNeeded(fiber);
  if (!SIMT_TSAN) stacks_.release(finished.stack);
  leave(&finished);
}

// Leaves a finished thread's stack for good.
void Block::leave(Fiber* finished) {
  Fiber& fiber = fibers_[current_];
  sanitizer::startSwitch(nullptr, stacks_.bottom(fiber.stack), stacks_.bytes());
  sanitizer::enterFiber(fiber.sanitizer);
  simt_switch(&finished->stackPointer, fiber.stackPointer);
  __builtin_unreachable();
}

void Block::returnToHost() {
  void* abandoned;
  sanitizer::startSwitch(nullptr, hostBottom_, hostBytes_);
  sanitizer::enterFiber(hostFiber_);
  simt_switch(&abandoned, hostStackPointer_);
  __builtin_unreachable();
}

void Block::become(unsigned thread) {
  current_ = thread;
  simt_thread.threadIdx = fibers_[thread].index;
}

void Block::startIfNeeded(Fiber& fiber) {
  if (fiber.started) return;
  fiber.started = true;
  Stacks& stacks = solo_ ? soloStack_ : stacks_;
  fiber.stack = stacks.acquire();
  fiber.stackPointer = prepareStack(stacks.top(fiber.stack), &Block::entry);
}

void Block::switchTo(unsigned thread) {
  if (thread == current_) return;
  Fiber& from = fibers_[current_];
  Fiber& to = fibers_[thread];
  startIfNeeded(to);
  become(thread);
  sanitizer::startSwitch(&from.fakeStack, stacks_.bottom(to.stack), stacks_.bytes());
  sanitizer::enterFiber(to.sanitizer);
  simt_switch(&from.stackPointer, to.stackPointer);
  sanitizer::finishSwitch(from.fakeStack, nullptr, nullptr);
}

// The ready thread that runs next; -1 if all wait.
int Block::pick() {
  switch (launch_->schedule.order) {
    case Order::FORWARD:
      return ready_.next(current_ + 1);
    case Order::REVERSE:
      return ready_.last();
    case Order::RANDOM:
      break;
  }
  const unsigned size = ready_.size();
  return size ? ready_.nth(static_cast<unsigned>(random_.next() % size)) : -1;
}

// Lets another ready thread run, if the order is not the natural one.
void Block::yield() {
  if (launch_->schedule.order == Order::FORWARD) return;
  switchTo(static_cast<unsigned>(pick()));
}

bool Block::overflowed(uintptr_t address) const {
  const Stacks& stacks = solo_ ? soloStack_ : stacks_;
  const auto bottom = reinterpret_cast<uintptr_t>(stacks.bottom(fibers_[current_].stack));
  return address < bottom && address >= bottom - stacks.guard();
}

void Block::abandon(CUresult code, const char* format, ...) {
  char what[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(what, sizeof what, format, arguments);
  va_end(arguments);
  const uint3 block = simt_thread.blockIdx;
  const uint3 thread = simt_thread.threadIdx;
  char message[768];
  snprintf(message, sizeof message, "kernel %s, block (%u,%u,%u), thread (%u,%u,%u): %s",
           launch_->kernel->name, block.x, block.y, block.z, thread.x, thread.y, thread.z, what);
  launch_->fail(code, message);
  // What the threads did before they were stopped comes before the launch's end.
  for (char& object : barrierObject_) sanitizer::acquire(&object);
  for (Warp& warp : warps_) sanitizer::acquire(&warp);
  sanitizer::release(launch_->completion());
  Stacks& stacks = solo_ ? soloStack_ : stacks_;
  stacks.reset(false);
  stacks.unpoison();
  returnToHost();
}

}  // namespace simt
