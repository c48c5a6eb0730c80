#include "stream.h"

#include <atomic>

#include "context.h"
#include "cuda_api.h"
#include "event.h"
#include "failure.h"
#include "handles.h"
#include "late.h"

using namespace simt;

CUstream_st::CUstream_st(CUcontext context_, unsigned flags_, int priority_)
    : context(context_), flags(flags_), priority(priority_) {
  static std::atomic<uint64_t> ids{1};
  id = ids++;
}

namespace simt {

namespace {

CUstream_st& legacyStream() {
  static auto* stream = new CUstream_st(nullptr, CU_STREAM_DEFAULT, 0);
  return *stream;
}

CUresult unknownStream(const char* function) {
  return fail(CUDA_ERROR_INVALID_HANDLE, "%s: unknown stream", function);
}

}  // namespace

CUstream_st* streamOf(CUstream handle) {
  if (handle == nullptr || handle == CU_STREAM_LEGACY) return &legacyStream();
  if (handle == CU_STREAM_PER_THREAD) {
    thread_local CUstream_st stream(nullptr, CU_STREAM_DEFAULT, 0);
    return &stream;
  }
  return valid(handle) ? handle : nullptr;
}

StreamUse::StreamUse(CUstream handle, const char* function) : stream_(streamOf(handle)) {
  if (!stream_) {
    error_ = unknownStream(function);
    return;
  }
  lock_ = std::unique_lock(stream_->mutex);
  if (!Capture::anyActive()) return;
  if (stream_ == &legacyStream()) {
    error_ = Capture::rejectLegacyStream(function);
    return;
  }
  capturing_ = stream_->capture.active();
  if (capturing_ && stream_->capture.invalidated())
    error_ = fail(CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, "%s: the capture of this stream is invalidated",
                  function);
}

CUresult StreamUse::add(const Operation& operation) { return stream_->capture.add(operation); }

}  // namespace simt

CUresult cuStreamCreate(CUstream* stream, unsigned int flags) {
  return cuStreamCreateWithPriority(stream, flags, 0);
}

CUresult cuStreamCreateWithPriority(CUstream* stream, unsigned int flags, int priority) {
  if (CUresult error = enterContext("cuStreamCreate")) return error;
  if (!stream) return fail(CUDA_ERROR_INVALID_VALUE, "cuStreamCreate: no place for the stream");
  if (flags > CU_STREAM_NON_BLOCKING)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuStreamCreate: unknown flags %u", flags);
  *stream = Handles<CUstream_st>::instance().create(currentContext(), flags, priority);
  return *stream ? CUDA_SUCCESS : fail(CUDA_ERROR_OUT_OF_MEMORY, "cuStreamCreate: too many streams");
}

CUresult cuStreamDestroy_v2(CUstream stream) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!valid(stream)) return unknownStream(__func__);
  stream->capture.abandon();
  if (CUresult error = Late::finish(*stream)) return error;
  Handles<CUstream_st>::instance().destroy(stream);
  return CUDA_SUCCESS;
}

CUresult cuStreamSynchronize(CUstream handle) {
  if (CUresult error = enterContext(__func__)) return error;
  CUstream_st* stream = streamOf(handle);
  if (!stream) return unknownStream(__func__);
  if (stream->capture.active()) return stream->capture.rejectQuery(__func__);
  if (stream == &legacyStream())
    if (CUresult error = Capture::rejectLegacyStream(__func__)) return error;
  std::lock_guard wait(stream->mutex);
  if (CUresult error = Late::on() ? Late::finish(*stream) : CUDA_SUCCESS) return error;
  return verifyMemory(__func__);
}

CUresult cuStreamQuery(CUstream handle) {
  if (CUresult error = enterContext(__func__)) return error;
  CUstream_st* stream = streamOf(handle);
  if (!stream) return unknownStream(__func__);
  if (stream->capture.active()) return stream->capture.rejectQuery(__func__);
  if (CUresult error = Late::on() ? Late::finish(*stream) : CUDA_SUCCESS) return error;
  std::unique_lock free(stream->mutex, std::try_to_lock);
  return free ? CUDA_SUCCESS : CUDA_ERROR_NOT_READY;
}

CUresult cuStreamWaitEvent(CUstream handle, CUevent event, unsigned int) {
  if (CUresult error = enterContext(__func__)) return error;
  CUstream_st* stream = streamOf(handle);
  if (!stream) return unknownStream(__func__);
  if (!valid(event)) return fail(CUDA_ERROR_INVALID_HANDLE, "cuStreamWaitEvent: unknown event");
  if (Late::on() && !stream->capture.active() && !event->capture.captured) Late::wait(*stream, event->late);
  return stream->capture.waitFor(*stream, *event);
}

CUresult cuStreamGetFlags(CUstream handle, unsigned int* flags) {
  if (CUresult error = enterContext(__func__)) return error;
  CUstream_st* stream = streamOf(handle);
  if (!stream) return unknownStream(__func__);
  if (!flags) return fail(CUDA_ERROR_INVALID_VALUE, "cuStreamGetFlags: no place for the flags");
  *flags = stream->flags;
  return CUDA_SUCCESS;
}

CUresult cuStreamGetPriority(CUstream handle, int* priority) {
  if (CUresult error = enterContext(__func__)) return error;
  CUstream_st* stream = streamOf(handle);
  if (!stream) return unknownStream(__func__);
  if (!priority) return fail(CUDA_ERROR_INVALID_VALUE, "cuStreamGetPriority: no place for the priority");
  *priority = 0;
  return CUDA_SUCCESS;
}

CUresult cuStreamGetId(CUstream handle, unsigned long long* id) {
  if (CUresult error = enterContext(__func__)) return error;
  CUstream_st* stream = streamOf(handle);
  if (!stream) return unknownStream(__func__);
  if (!id) return fail(CUDA_ERROR_INVALID_VALUE, "cuStreamGetId: no place for the number");
  *id = stream->id;
  return CUDA_SUCCESS;
}

CUresult cuStreamGetCtx(CUstream handle, CUcontext* context) {
  if (CUresult error = enterContext(__func__)) return error;
  CUstream_st* stream = streamOf(handle);
  if (!stream) return unknownStream(__func__);
  if (!context) return fail(CUDA_ERROR_INVALID_VALUE, "cuStreamGetCtx: no place for the context");
  *context = stream->context ? stream->context : currentContext();
  return CUDA_SUCCESS;
}

CUresult cuStreamAddCallback(CUstream handle, CUstreamCallback callback, void* userData, unsigned int flags) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!callback || flags != 0)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuStreamAddCallback: needs a callback and flags 0");
  StreamUse use(handle, __func__);
  if (use.error()) return use.error();
  if (use.capturing()) return use.stream().capture.rejectQuery(__func__);
  HostFunctionScope scope;
  callback(handle, CUDA_SUCCESS, userData);
  return CUDA_SUCCESS;
}

CUresult cuLaunchHostFunc(CUstream stream, CUhostFn function, void* userData) {
  if (CUresult error = enterContext(__func__)) return error;
  return submit(stream, HostOperation{function, userData}, __func__);
}
