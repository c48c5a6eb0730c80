#include "failure.h"

#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <mutex>

#include "cuda_api.h"

namespace simt {

namespace {

struct ErrorText {
  CUresult code;
  const char* name;
  const char* text;
};

#define ERROR(name, text) {CUDA_ERROR_##name, "CUDA_ERROR_" #name, text}
constexpr ErrorText ERRORS[] = {
    {CUDA_SUCCESS, "CUDA_SUCCESS", "no error"},
    ERROR(INVALID_VALUE, "invalid argument"),
    ERROR(OUT_OF_MEMORY, "out of memory"),
    ERROR(NOT_INITIALIZED, "initialization error"),
    ERROR(DEINITIALIZED, "driver shutting down"),
    ERROR(NO_DEVICE, "no CUDA-capable device is detected"),
    ERROR(INVALID_DEVICE, "invalid device ordinal"),
    ERROR(INVALID_IMAGE, "device kernel image is invalid"),
    ERROR(INVALID_CONTEXT, "invalid device context"),
    ERROR(ALREADY_MAPPED, "resource already mapped"),
    ERROR(NO_BINARY_FOR_GPU, "no kernel image is available for execution on the device"),
    ERROR(ECC_UNCORRECTABLE, "uncorrectable ECC error encountered"),
    ERROR(INVALID_SOURCE, "device kernel image is invalid"),
    ERROR(FILE_NOT_FOUND, "file not found"),
    ERROR(SHARED_OBJECT_INIT_FAILED, "shared object initialization failed"),
    ERROR(OPERATING_SYSTEM, "OS call failed or operation not supported on this OS"),
    ERROR(INVALID_HANDLE, "invalid resource handle"),
    ERROR(ILLEGAL_STATE, "the operation cannot be performed in the present state"),
    ERROR(NOT_FOUND, "named symbol not found"),
    ERROR(NOT_READY, "device not ready"),
    ERROR(ILLEGAL_ADDRESS, "an illegal memory access was encountered"),
    ERROR(LAUNCH_OUT_OF_RESOURCES, "too many resources requested for launch"),
    ERROR(LAUNCH_TIMEOUT, "the launch timed out and was terminated"),
    ERROR(PRIMARY_CONTEXT_ACTIVE, "cannot set while device is active in this process"),
    ERROR(CONTEXT_IS_DESTROYED, "context is destroyed"),
    ERROR(HOST_MEMORY_ALREADY_REGISTERED, "part or all of the requested memory range is already mapped"),
    ERROR(HOST_MEMORY_NOT_REGISTERED, "pointer does not correspond to a registered memory region"),
    ERROR(LAUNCH_FAILED, "unspecified launch failure"),
    ERROR(NOT_PERMITTED, "operation not permitted"),
    ERROR(NOT_SUPPORTED, "operation not supported"),
    ERROR(STREAM_CAPTURE_UNSUPPORTED, "operation not permitted when stream is capturing"),
    ERROR(STREAM_CAPTURE_INVALIDATED, "operation failed due to a previous error during capture"),
    ERROR(STREAM_CAPTURE_MERGE, "operation would result in a merge of separate capture sequences"),
    ERROR(STREAM_CAPTURE_UNMATCHED, "capture was not ended in the same stream as it began"),
    ERROR(STREAM_CAPTURE_UNJOINED, "capturing stream has unjoined work"),
    ERROR(STREAM_CAPTURE_ISOLATION, "dependency created on uncaptured work in another stream"),
    ERROR(STREAM_CAPTURE_IMPLICIT,
          "operation would make the legacy stream depend on a capturing blocking stream"),
    ERROR(CAPTURED_EVENT, "operation not permitted on an event last recorded in a capturing stream"),
    ERROR(STREAM_CAPTURE_WRONG_THREAD,
          "attempt to terminate a thread-local capture sequence from another thread"),
    ERROR(UNKNOWN, "unknown error"),
};
#undef ERROR

const ErrorText* find(CUresult code) {
  for (const ErrorText& error : ERRORS)
    if (error.code == code) return &error;
  return nullptr;
}

std::mutex messageMutex;
std::string& message() {
  static auto* text = new std::string();
  return *text;
}

}  // namespace

CUresult fail(CUresult code, const char* format, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  std::lock_guard lock(messageMutex);
  message() = text;
  return code;
}

std::string lastMessage() {
  std::lock_guard lock(messageMutex);
  return message();
}

const char* errorName(CUresult code) {
  const ErrorText* error = find(code);
  return error ? error->name : nullptr;
}

const char* errorText(CUresult code) {
  const ErrorText* error = find(code);
  return error ? error->text : nullptr;
}

bool errorByName(const std::string& name, CUresult* code) {
  for (const ErrorText& error : ERRORS) {
    if (error.code == CUDA_SUCCESS || (name != error.name && "CUDA_ERROR_" + name != error.name)) continue;
    *code = error.code;
    return true;
  }
  return false;
}

}  // namespace simt

CUresult cuGetErrorName(CUresult error, const char** name) {
  if (!name) return simt::fail(CUDA_ERROR_INVALID_VALUE, "cuGetErrorName: no place for the name");
  *name = simt::errorName(error);
  return *name ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

CUresult cuGetErrorString(CUresult error, const char** text) {
  if (!text) return simt::fail(CUDA_ERROR_INVALID_VALUE, "cuGetErrorString: no place for the text");
  *text = simt::errorText(error);
  return *text ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}
