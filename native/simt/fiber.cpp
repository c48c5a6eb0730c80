// The context switch, for the two ABIs: System V x86-64 and AAPCS64. Only what a called function must keep is
// kept, so a switch costs a few nanoseconds; floating-point control words are never changed by kernels.
#include "fiber.h"

#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
asm(R"(
    .text
    .globl simt_switch
    .hidden simt_switch
    .type simt_switch, @function
simt_switch:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    popq %rcx
    jmpq *%rcx
    .size simt_switch, .-simt_switch
)");
#elif defined(__aarch64__)
asm(R"(
    .text
    .globl simt_switch
    .hidden simt_switch
    .type simt_switch, @function
simt_switch:
    sub sp, sp, #160
    stp x19, x20, [sp, #0]
    stp x21, x22, [sp, #16]
    stp x23, x24, [sp, #32]
    stp x25, x26, [sp, #48]
    stp x27, x28, [sp, #64]
    stp x29, x30, [sp, #80]
    stp d8,  d9,  [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    mov x9, sp
    str x9, [x0]
    mov sp, x1
    ldp x19, x20, [sp, #0]
    ldp x21, x22, [sp, #16]
    ldp x23, x24, [sp, #32]
    ldp x25, x26, [sp, #48]
    ldp x27, x28, [sp, #64]
    ldp x29, x30, [sp, #80]
    ldp d8,  d9,  [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    add sp, sp, #160
    ret
    .size simt_switch, .-simt_switch
)");
#else
#error "no context switch for this processor: add one to fiber.cpp"
#endif

namespace simt {

void* prepareStack(void* top, void (*entry)()) {
  void** pointer = reinterpret_cast<void**>(reinterpret_cast<uintptr_t>(top) & ~uintptr_t{63});
#if defined(__x86_64__)
  constexpr int SAVED_REGISTERS = 6;
  *--pointer = nullptr;  // where a return address would stand: keeps the ABI's alignment at entry
  *--pointer = reinterpret_cast<void*>(entry);
  pointer -= SAVED_REGISTERS;
  memset(pointer, 0, SAVED_REGISTERS * sizeof(void*));
#else
  constexpr int SAVED_BYTES = 160;
  constexpr int LINK_REGISTER = 11;
  pointer -= SAVED_BYTES / sizeof(void*);
  memset(pointer, 0, SAVED_BYTES);
  pointer[LINK_REGISTER] = reinterpret_cast<void*>(entry);
#endif
  return pointer;
}

}  // namespace simt
