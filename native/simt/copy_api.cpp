// Driver functions that copy and fill memory. The synchronous ones use the legacy stream.
#include "context.h"
#include "cuda_api.h"
#include "operation.h"

using namespace simt;

namespace {

char* place(CUdeviceptr address) { return reinterpret_cast<char*>(static_cast<uintptr_t>(address)); }
char* place(const void* address) { return static_cast<char*>(const_cast<void*>(address)); }

enum class Side { HOST, DEVICE };

CUresult copy(const char* function, char* destination, Side to, const char* source, Side from, size_t bytes,
              CUstream stream) {
  if (CUresult error = enterContext(function)) return error;
  CopyOperation operation{};
  operation.destination = destination;
  operation.source = source;
  operation.width = bytes;
  operation.height = operation.depth = 1;
  operation.destinationOnDevice = to == Side::DEVICE;
  operation.sourceOnDevice = from == Side::DEVICE;
  return submit(stream, operation, function);
}

CUresult fill(const char* function, CUdeviceptr destination, unsigned value, unsigned elementSize,
              size_t count, CUstream stream) {
  if (CUresult error = enterContext(function)) return error;
  return submit(stream, FillOperation{place(destination), value, elementSize, count}, function);
}

}  // namespace

// With unified addresses the direction shows in the addresses; host memory that is not pinned is the host's
// own.
CUresult cuMemcpyAsync(CUdeviceptr destination, CUdeviceptr source, size_t bytes, CUstream stream) {
  return copy(__func__, place(destination), Side::HOST, place(source), Side::HOST, bytes, stream);
}
CUresult cuMemcpy(CUdeviceptr destination, CUdeviceptr source, size_t bytes) {
  return copy(__func__, place(destination), Side::HOST, place(source), Side::HOST, bytes, nullptr);
}

CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr destination, const void* source, size_t bytes, CUstream stream) {
  return copy(__func__, place(destination), Side::DEVICE, place(source), Side::HOST, bytes, stream);
}
CUresult cuMemcpyHtoD_v2(CUdeviceptr destination, const void* source, size_t bytes) {
  return copy(__func__, place(destination), Side::DEVICE, place(source), Side::HOST, bytes, nullptr);
}

CUresult cuMemcpyDtoHAsync_v2(void* destination, CUdeviceptr source, size_t bytes, CUstream stream) {
  return copy(__func__, place(destination), Side::HOST, place(source), Side::DEVICE, bytes, stream);
}
CUresult cuMemcpyDtoH_v2(void* destination, CUdeviceptr source, size_t bytes) {
  return copy(__func__, place(destination), Side::HOST, place(source), Side::DEVICE, bytes, nullptr);
}

CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr destination, CUdeviceptr source, size_t bytes, CUstream stream) {
  return copy(__func__, place(destination), Side::DEVICE, place(source), Side::DEVICE, bytes, stream);
}
CUresult cuMemcpyDtoD_v2(CUdeviceptr destination, CUdeviceptr source, size_t bytes) {
  return copy(__func__, place(destination), Side::DEVICE, place(source), Side::DEVICE, bytes, nullptr);
}

CUresult cuMemsetD8Async(CUdeviceptr destination, unsigned char value, size_t count, CUstream stream) {
  return fill(__func__, destination, value, 1, count, stream);
}
CUresult cuMemsetD8_v2(CUdeviceptr destination, unsigned char value, size_t count) {
  return fill(__func__, destination, value, 1, count, nullptr);
}

CUresult cuMemsetD16Async(CUdeviceptr destination, unsigned short value, size_t count, CUstream stream) {
  return fill(__func__, destination, value, 2, count, stream);
}
CUresult cuMemsetD16_v2(CUdeviceptr destination, unsigned short value, size_t count) {
  return fill(__func__, destination, value, 2, count, nullptr);
}

CUresult cuMemsetD32Async(CUdeviceptr destination, unsigned int value, size_t count, CUstream stream) {
  return fill(__func__, destination, value, 4, count, stream);
}
CUresult cuMemsetD32_v2(CUdeviceptr destination, unsigned int value, size_t count) {
  return fill(__func__, destination, value, 4, count, nullptr);
}
