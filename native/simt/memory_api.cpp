// Driver functions that allocate, register and describe memory.
#include "context.h"
#include "cuda_api.h"
#include "failure.h"
#include "late.h"
#include "memory.h"
#include "stream.h"

using namespace simt;

namespace {

void* pointer(CUdeviceptr address) { return reinterpret_cast<void*>(static_cast<uintptr_t>(address)); }

CUresult allocate(const char* function, void** address, size_t bytes, MemoryKind kind, unsigned flags) {
  if (!address || bytes == 0)
    return fail(CUDA_ERROR_INVALID_VALUE, "%s: 0 bytes, or no place for the address", function);
  if (CUresult error = Capture::rejectUnsafeCall(function)) return error;
  Memory& memory = Memory::instance();
  *address = memory.allocate(bytes, kind, currentContext(), flags);
  if (*address) return CUDA_SUCCESS;
  return fail(CUDA_ERROR_OUT_OF_MEMORY, "%s: %zu bytes asked for, %zu of %zu bytes in use", function, bytes,
              memory.used(), memory.total());
}

}  // namespace

CUresult cuMemAlloc_v2(CUdeviceptr* address, size_t bytes) {
  if (CUresult error = enterContext(__func__)) return error;
  return allocate(__func__, reinterpret_cast<void**>(address), bytes, MemoryKind::DEVICE, 0);
}

CUresult cuMemFree_v2(CUdeviceptr address) {
  if (CUresult error = enterContext(__func__)) return error;
  if (address == 0) return CUDA_SUCCESS;
  if (CUresult error = Capture::rejectUnsafeCall(__func__)) return error;
  if (CUresult error = Late::finishAll()) return error;
  if (CUresult error = verifyMemory(__func__)) return error;
  if (!Memory::instance().release(pointer(address), MemoryKind::DEVICE))
    return fail(CUDA_ERROR_INVALID_VALUE, "cuMemFree: no device allocation begins at 0x%llx; %s", address,
                Memory::instance().describe(address).c_str());
  return CUDA_SUCCESS;
}

CUresult cuMemAllocAsync(CUdeviceptr* address, size_t bytes, CUstream stream) {
  if (CUresult error = enterContext(__func__)) return error;
  StreamUse use(stream, __func__);
  if (use.error()) return use.error();
  if (use.capturing())
    return fail(CUDA_ERROR_NOT_SUPPORTED, "cuMemAllocAsync: this driver has no graph memory nodes");
  return allocate(__func__, reinterpret_cast<void**>(address), bytes, MemoryKind::DEVICE, 0);
}

CUresult cuMemFreeAsync(CUdeviceptr address, CUstream stream) {
  if (CUresult error = enterContext(__func__)) return error;
  StreamUse use(stream, __func__);
  if (use.error()) return use.error();
  if (use.capturing())
    return fail(CUDA_ERROR_NOT_SUPPORTED, "cuMemFreeAsync: this driver has no graph memory nodes");
  return cuMemFree_v2(address);
}

CUresult cuMemGetInfo_v2(size_t* free, size_t* total) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!free || !total) return fail(CUDA_ERROR_INVALID_VALUE, "cuMemGetInfo: no place for the sizes");
  *total = Memory::instance().total();
  *free = *total - Memory::instance().used();
  return CUDA_SUCCESS;
}

CUresult cuMemGetAddressRange_v2(CUdeviceptr* base, size_t* bytes, CUdeviceptr address) {
  if (CUresult error = enterContext(__func__)) return error;
  Allocation allocation;
  if (!Memory::instance().find(address, &allocation))
    return fail(CUDA_ERROR_NOT_FOUND, "cuMemGetAddressRange: 0x%llx is in no allocation", address);
  if (base) *base = allocation.address;
  if (bytes) *bytes = allocation.bytes;
  return CUDA_SUCCESS;
}

CUresult cuMemAllocHost_v2(void** address, size_t bytes) {
  if (CUresult error = enterContext(__func__)) return error;
  return allocate(__func__, address, bytes, MemoryKind::PINNED, 0);
}

CUresult cuMemHostAlloc(void** address, size_t bytes, unsigned int flags) {
  if (CUresult error = enterContext(__func__)) return error;
  if (flags > 7) return fail(CUDA_ERROR_INVALID_VALUE, "cuMemHostAlloc: unknown flags %u", flags);
  return allocate(__func__, address, bytes, MemoryKind::PINNED, flags);
}

CUresult cuMemFreeHost(void* address) {
  if (CUresult error = enterContext(__func__)) return error;
  if (CUresult error = Capture::rejectUnsafeCall(__func__)) return error;
  if (CUresult error = Late::finishAll()) return error;
  if (!Memory::instance().release(address, MemoryKind::PINNED))
    return fail(CUDA_ERROR_INVALID_VALUE, "cuMemFreeHost: no pinned allocation begins at %p", address);
  return CUDA_SUCCESS;
}

CUresult cuMemHostRegister_v2(void* address, size_t bytes, unsigned int flags) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!address || bytes == 0 || flags > 15)
    return fail(CUDA_ERROR_INVALID_VALUE,
                "cuMemHostRegister: needs an address, a size above 0 and known flags");
  if (!Memory::instance().add(address, bytes, MemoryKind::REGISTERED, currentContext(), flags))
    return fail(CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED, "cuMemHostRegister: %s",
                Memory::instance().describe(reinterpret_cast<uintptr_t>(address)).c_str());
  return CUDA_SUCCESS;
}

CUresult cuMemHostUnregister(void* address) {
  if (CUresult error = enterContext(__func__)) return error;
  if (CUresult error = Late::finishAll()) return error;
  if (!Memory::instance().release(address, MemoryKind::REGISTERED))
    return fail(CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED,
                "cuMemHostUnregister: no registered memory begins at %p", address);
  return CUDA_SUCCESS;
}

CUresult cuMemHostGetDevicePointer_v2(CUdeviceptr* device, void* host, unsigned int flags) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!device || flags != 0)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuMemHostGetDevicePointer: needs a place and flags 0");
  if (!Memory::instance().contains(reinterpret_cast<uintptr_t>(host), 1))
    return fail(CUDA_ERROR_INVALID_VALUE, "cuMemHostGetDevicePointer: %p is neither pinned nor registered",
                host);
  *device = reinterpret_cast<uintptr_t>(host);
  return CUDA_SUCCESS;
}

CUresult cuMemHostGetFlags(unsigned int* flags, void* address) {
  if (CUresult error = enterContext(__func__)) return error;
  Allocation allocation;
  if (!flags || !Memory::instance().find(reinterpret_cast<uintptr_t>(address), &allocation) ||
      allocation.kind != MemoryKind::PINNED)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuMemHostGetFlags: %p is not pinned", address);
  *flags = allocation.flags;
  return CUDA_SUCCESS;
}

CUresult cuPointerGetAttribute(void* value, CUpointer_attribute attribute, CUdeviceptr address) {
  if (CUresult error = enterContext(__func__)) return error;
  Allocation allocation;
  if (!value || !Memory::instance().find(address, &allocation))
    return fail(CUDA_ERROR_INVALID_VALUE, "cuPointerGetAttribute: 0x%llx is in no allocation", address);
  const bool host = allocation.kind == MemoryKind::PINNED || allocation.kind == MemoryKind::REGISTERED;
  switch (attribute) {
    case CU_POINTER_ATTRIBUTE_CONTEXT:
      return *static_cast<CUcontext*>(value) = allocation.context, CUDA_SUCCESS;
    case CU_POINTER_ATTRIBUTE_MEMORY_TYPE:
      return *static_cast<unsigned*>(value) = host ? CU_MEMORYTYPE_HOST : CU_MEMORYTYPE_DEVICE, CUDA_SUCCESS;
    case CU_POINTER_ATTRIBUTE_DEVICE_POINTER:
      return *static_cast<CUdeviceptr*>(value) = address, CUDA_SUCCESS;
    case CU_POINTER_ATTRIBUTE_HOST_POINTER:
      if (!host) break;
      return *static_cast<void**>(value) = pointer(address), CUDA_SUCCESS;
    case CU_POINTER_ATTRIBUTE_IS_MANAGED:
      return *static_cast<bool*>(value) = false, CUDA_SUCCESS;
    case CU_POINTER_ATTRIBUTE_DEVICE_ORDINAL:
      return *static_cast<int*>(value) = 0, CUDA_SUCCESS;
    case CU_POINTER_ATTRIBUTE_RANGE_START_ADDR:
      return *static_cast<CUdeviceptr*>(value) = allocation.address, CUDA_SUCCESS;
    case CU_POINTER_ATTRIBUTE_RANGE_SIZE:
      return *static_cast<size_t*>(value) = allocation.bytes, CUDA_SUCCESS;
  }
  return fail(CUDA_ERROR_INVALID_VALUE, "cuPointerGetAttribute: attribute %d is not known for this memory",
              attribute);
}
