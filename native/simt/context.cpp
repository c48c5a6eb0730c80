#include "context.h"

#include <mutex>
#include <vector>

#include "cuda_api.h"
#include "event.h"
#include "failure.h"
#include "fault.h"
#include "handles.h"
#include "late.h"
#include "memory.h"
#include "module.h"
#include "settings.h"
#include "stream.h"

using simt::enter;
using simt::enterContext;
using simt::fail;

namespace simt {

namespace {

std::atomic<bool> initialised{false};
std::atomic<uint64_t> contextIds{1};

struct Primary {
  std::mutex mutex;
  CUcontext context = nullptr;
  unsigned references = 0;
  unsigned flags = 0;
};
Primary primary;

__thread CUcontext current = nullptr;
__thread bool inHostFunction = false;

std::vector<CUcontext>& stackBelowCurrent() {
  thread_local std::vector<CUcontext> stack;
  return stack;
}

CUcontext createContext(unsigned flags) {
  CUcontext context = Handles<CUctx_st>::instance().create(flags);
  if (context) context->id = contextIds++;
  return context;
}

// Ends everything that belongs to a context.
void emptyContext(CUcontext context) {
  Late::finishAll();
  Memory::instance().releaseAll(context);
  Handles<CUstream_st>::instance().destroyIf(
      [&](const CUstream_st& stream) { return stream.context == context; });
  Handles<CUevent_st>::instance().destroyIf(
      [&](const CUevent_st& event) { return event.context == context; });
  Handles<CUmod_st>::instance().destroyIf([&](const CUmod_st& module) { return module.context == context; });
}

void destroyContext(CUcontext context) {
  emptyContext(context);
  Handles<CUctx_st>::instance().destroy(context);
}

}  // namespace

CUcontext currentContext() { return current; }

HostFunctionScope::HostFunctionScope() { inHostFunction = true; }
HostFunctionScope::~HostFunctionScope() { inHostFunction = false; }

CUresult enter(const char* function) {
  if (CUresult error = injectedFault(function)) return error;
  if (!initialised.load(std::memory_order_acquire))
    return fail(CUDA_ERROR_NOT_INITIALIZED, "%s: cuInit has not been called", function);
  if (inHostFunction)
    return fail(CUDA_ERROR_NOT_PERMITTED, "%s: called from a host function of a stream", function);
  return CUDA_SUCCESS;
}

CUresult enterContext(const char* function) {
  if (CUresult error = enter(function)) return error;
  if (!current)
    return fail(CUDA_ERROR_INVALID_CONTEXT, "%s: this host thread has no current context", function);
  if (!valid(current))
    return fail(CUDA_ERROR_CONTEXT_IS_DESTROYED, "%s: the current context is destroyed", function);
  return current->error.load(std::memory_order_relaxed);  // the sentence is still the failed kernel's
}

}  // namespace simt

using namespace simt;

CUresult cuInit(unsigned int flags) {
  if (CUresult error = injectedFault(__func__)) return error;
  if (flags != 0) return fail(CUDA_ERROR_INVALID_VALUE, "cuInit: flags must be 0");
  const std::string& problem = Settings::instance().problem();
  if (!problem.empty()) return fail(CUDA_ERROR_INVALID_VALUE, "%s", problem.c_str());
  initialised.store(true, std::memory_order_release);
  return CUDA_SUCCESS;
}

CUresult cuDevicePrimaryCtxRetain(CUcontext* context, CUdevice device) {
  if (CUresult error = enter(__func__)) return error;
  if (!context) return fail(CUDA_ERROR_INVALID_VALUE, "cuDevicePrimaryCtxRetain: no place for the context");
  if (device != 0) return fail(CUDA_ERROR_INVALID_DEVICE, "cuDevicePrimaryCtxRetain: there is only device 0");
  std::lock_guard lock(primary.mutex);
  if (!primary.context) primary.context = createContext(primary.flags);
  ++primary.references;
  *context = primary.context;
  return CUDA_SUCCESS;
}

CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) {
  if (CUresult error = enter(__func__)) return error;
  if (device != 0)
    return fail(CUDA_ERROR_INVALID_DEVICE, "cuDevicePrimaryCtxRelease: there is only device 0");
  std::lock_guard lock(primary.mutex);
  if (primary.references == 0)
    return fail(CUDA_ERROR_INVALID_CONTEXT, "cuDevicePrimaryCtxRelease: the primary context is not retained");
  if (--primary.references > 0) return CUDA_SUCCESS;
  destroyContext(primary.context);
  primary.context = nullptr;
  return CUDA_SUCCESS;
}

// Those who have retained the context still have to release it.
CUresult cuDevicePrimaryCtxReset_v2(CUdevice device) {
  if (CUresult error = enter(__func__)) return error;
  if (device != 0) return fail(CUDA_ERROR_INVALID_DEVICE, "cuDevicePrimaryCtxReset: there is only device 0");
  std::lock_guard lock(primary.mutex);
  if (!primary.context) return CUDA_SUCCESS;
  emptyContext(primary.context);
  primary.context->error = CUDA_SUCCESS;
  return CUDA_SUCCESS;
}

CUresult cuDevicePrimaryCtxSetFlags_v2(CUdevice device, unsigned int flags) {
  if (CUresult error = enter(__func__)) return error;
  if (device != 0)
    return fail(CUDA_ERROR_INVALID_DEVICE, "cuDevicePrimaryCtxSetFlags: there is only device 0");
  std::lock_guard lock(primary.mutex);
  primary.flags = flags;
  return CUDA_SUCCESS;
}

CUresult cuDevicePrimaryCtxGetState(CUdevice device, unsigned int* flags, int* active) {
  if (CUresult error = enter(__func__)) return error;
  if (device != 0)
    return fail(CUDA_ERROR_INVALID_DEVICE, "cuDevicePrimaryCtxGetState: there is only device 0");
  if (!flags || !active)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuDevicePrimaryCtxGetState: no place for the result");
  std::lock_guard lock(primary.mutex);
  *flags = primary.flags;
  *active = primary.context != nullptr;
  return CUDA_SUCCESS;
}

CUresult cuCtxCreate_v2(CUcontext* context, unsigned int flags, CUdevice device) {
  if (CUresult error = enter(__func__)) return error;
  if (!context) return fail(CUDA_ERROR_INVALID_VALUE, "cuCtxCreate: no place for the context");
  if (device != 0) return fail(CUDA_ERROR_INVALID_DEVICE, "cuCtxCreate: there is only device 0");
  *context = createContext(flags);
  return cuCtxPushCurrent_v2(*context);
}

CUresult cuCtxDestroy_v2(CUcontext context) {
  if (CUresult error = enter(__func__)) return error;
  if (!valid(context)) return fail(CUDA_ERROR_INVALID_CONTEXT, "cuCtxDestroy: unknown context");
  {
    std::lock_guard lock(primary.mutex);
    if (context == primary.context)
      return fail(CUDA_ERROR_INVALID_CONTEXT, "cuCtxDestroy: the primary context is released, not destroyed");
  }
  if (context == current) {
    CUcontext popped;
    cuCtxPopCurrent_v2(&popped);
  }
  destroyContext(context);
  return CUDA_SUCCESS;
}

CUresult cuCtxSetCurrent(CUcontext context) {
  if (CUresult error = enter(__func__)) return error;
  if (context && !valid(context)) return fail(CUDA_ERROR_INVALID_CONTEXT, "cuCtxSetCurrent: unknown context");
  current = context;
  return CUDA_SUCCESS;
}

CUresult cuCtxGetCurrent(CUcontext* context) {
  if (CUresult error = enter(__func__)) return error;
  if (!context) return fail(CUDA_ERROR_INVALID_VALUE, "cuCtxGetCurrent: no place for the context");
  *context = current;
  return CUDA_SUCCESS;
}

CUresult cuCtxPushCurrent_v2(CUcontext context) {
  if (CUresult error = enter(__func__)) return error;
  if (!valid(context)) return fail(CUDA_ERROR_INVALID_CONTEXT, "cuCtxPushCurrent: unknown context");
  if (current) stackBelowCurrent().push_back(current);
  current = context;
  return CUDA_SUCCESS;
}

CUresult cuCtxPopCurrent_v2(CUcontext* context) {
  if (CUresult error = enter(__func__)) return error;
  if (!current)
    return fail(CUDA_ERROR_INVALID_CONTEXT, "cuCtxPopCurrent: this host thread has no current context");
  if (context) *context = current;
  auto& stack = stackBelowCurrent();
  current = stack.empty() ? nullptr : stack.back();
  if (!stack.empty()) stack.pop_back();
  return CUDA_SUCCESS;
}

CUresult cuCtxGetDevice(CUdevice* device) {
  if (CUresult error = enter(__func__)) return error;
  if (!current)
    return fail(CUDA_ERROR_INVALID_CONTEXT, "cuCtxGetDevice: this host thread has no current context");
  if (!device) return fail(CUDA_ERROR_INVALID_VALUE, "cuCtxGetDevice: no place for the device");
  *device = 0;
  return CUDA_SUCCESS;
}

CUresult cuCtxGetFlags(unsigned int* flags) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!flags) return fail(CUDA_ERROR_INVALID_VALUE, "cuCtxGetFlags: no place for the flags");
  *flags = current->flags;
  return CUDA_SUCCESS;
}

CUresult cuCtxGetId(CUcontext context, unsigned long long* id) {
  if (CUresult error = enter(__func__)) return error;
  if (!id) return fail(CUDA_ERROR_INVALID_VALUE, "cuCtxGetId: no place for the number");
  if (!context) context = current;
  if (!valid(context)) return fail(CUDA_ERROR_INVALID_CONTEXT, "cuCtxGetId: unknown context");
  *id = context->id;
  return CUDA_SUCCESS;
}

CUresult cuCtxGetApiVersion(CUcontext context, unsigned int* version) {
  if (CUresult error = enter(__func__)) return error;
  if (context && !valid(context))
    return fail(CUDA_ERROR_INVALID_CONTEXT, "cuCtxGetApiVersion: unknown context");
  if (!version) return fail(CUDA_ERROR_INVALID_VALUE, "cuCtxGetApiVersion: no place for the version");
  *version = 3020;
  return CUDA_SUCCESS;
}

CUresult cuCtxGetStreamPriorityRange(int* least, int* greatest) {
  if (CUresult error = enterContext(__func__)) return error;
  if (least) *least = 0;
  if (greatest) *greatest = 0;
  return CUDA_SUCCESS;
}

// Limits are accepted and kept for nobody: the host's own stacks and heap serve kernels.
CUresult cuCtxSetLimit(CUlimit limit, size_t) {
  if (CUresult error = enterContext(__func__)) return error;
  if (limit < CU_LIMIT_STACK_SIZE || limit > CU_LIMIT_MALLOC_HEAP_SIZE)
    return fail(CUDA_ERROR_NOT_SUPPORTED, "cuCtxSetLimit: this device has no limit %d", limit);
  return CUDA_SUCCESS;
}

CUresult cuCtxGetLimit(size_t* value, CUlimit limit) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!value) return fail(CUDA_ERROR_INVALID_VALUE, "cuCtxGetLimit: no place for the value");
  if (limit != CU_LIMIT_STACK_SIZE)
    return fail(CUDA_ERROR_NOT_SUPPORTED, "cuCtxGetLimit: this device has no limit %d", limit);
  *value = size_t{32} << 10;
  return CUDA_SUCCESS;
}

// Launches and copies are complete when their call returns, except in late mode.
CUresult cuCtxSynchronize() {
  if (CUresult error = enterContext(__func__)) return error;
  if (CUresult error = rejectIfCapturing(__func__)) return error;
  if (CUresult error = Late::finishAll()) return error;
  return verifyMemory(__func__);
}
