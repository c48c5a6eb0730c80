// Fibers: stacks between which a host thread switches without help of the operating system.
#pragma once

#include <cstddef>

namespace simt {

// Saves the running context's callee-saved registers on its stack, stores its stack pointer in `*save`, and
// resumes the context whose stack pointer is `target`.
extern "C" void simt_switch(void** save, void* target) __attribute__((visibility("hidden")));

// Prepares an unused stack that ends at `top`: the first switch to the returned stack pointer calls `entry`,
// which must never return.
void* prepareStack(void* top, void (*entry)());

}  // namespace simt
