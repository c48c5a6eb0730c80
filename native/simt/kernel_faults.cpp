#include "kernel_faults.h"

#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <cstdio>
#include <mutex>

#include "block.h"
#include "device/runtime.h"
#include "memory.h"

namespace simt {

namespace {

constexpr size_t SIGNAL_STACK_BYTES = size_t{64} << 10;

struct sigaction previousSegv;
struct sigaction previousBus;

__thread uintptr_t faultAddress;
__thread const char* faultKind;

// Runs on the kernel's stack in place of the faulting instruction, outside the signal handler.
[[noreturn]] void leaveKernel() {
  Block& block = *simt_thread.block;
  if (block.overflowed(faultAddress))
    block.abandon(CUDA_ERROR_ILLEGAL_ADDRESS, "the thread's stack is exhausted");
  char place[256];
  {
    const std::string text = Memory::instance().describe(faultAddress);
    snprintf(place, sizeof place, "%s", text.c_str());
  }
  block.abandon(CUDA_ERROR_ILLEGAL_ADDRESS, "%s address 0x%zx: %s", faultKind, faultAddress, place);
}

void redirect(ucontext_t* context) {
#if defined(__x86_64__)
  constexpr greg_t RED_ZONE = 128;
  constexpr greg_t WRITE = 2;  // bit of the page fault's error code
  greg_t* registers = context->uc_mcontext.gregs;
  faultKind = registers[REG_ERR] & WRITE ? "wrote to" : "read from";
  registers[REG_RSP] = ((registers[REG_RSP] - RED_ZONE) & ~greg_t{15}) - 8;  // as after a call
  registers[REG_RIP] = reinterpret_cast<greg_t>(&leaveKernel);
#else
  faultKind = "accessed";
  context->uc_mcontext.sp &= ~15ull;
  context->uc_mcontext.pc = reinterpret_cast<unsigned long long>(&leaveKernel);
#endif
}

void chain(int signal, siginfo_t* info, void* context) {
  const struct sigaction& previous = signal == SIGSEGV ? previousSegv : previousBus;
  if (previous.sa_flags & SA_SIGINFO) {
    previous.sa_sigaction(signal, info, context);
  } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
    previous.sa_handler(signal);
  } else {
    // Back to what the system does: the instruction runs again and faults again.
    sigaction(signal, &previous, nullptr);
  }
}

void handle(int signal, siginfo_t* info, void* context) {
  const Block* block = simt_thread.block;
  if (!block || !block->running()) {
    chain(signal, info, context);
    return;
  }
  faultAddress = reinterpret_cast<uintptr_t>(info->si_addr);
  redirect(static_cast<ucontext_t*>(context));
}

void install(int signal, struct sigaction* previous) {
  struct sigaction action = {};
  action.sa_sigaction = &handle;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  sigaction(signal, nullptr, previous);
  action.sa_mask = previous->sa_mask;
  sigaction(signal, &action, nullptr);
}

// A kernel that overflows its own stack leaves no room on it for the handler.
void installSignalStack() {
  stack_t stack;
  if (sigaltstack(nullptr, &stack) != 0 || !(stack.ss_flags & SS_DISABLE)) return;
  stack = {};
  stack.ss_sp = mmap(nullptr, SIGNAL_STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  stack.ss_size = SIGNAL_STACK_BYTES;
  if (stack.ss_sp != MAP_FAILED) sigaltstack(&stack, nullptr);
}

}  // namespace

void catchKernelFaults() {
  static std::once_flag installed;
  std::call_once(installed, [] {
    install(SIGSEGV, &previousSegv);
    install(SIGBUS, &previousBus);
  });
  static __thread bool hasStack = false;
  if (!hasStack) installSignalStack();
  hasStack = true;
}

}  // namespace simt
