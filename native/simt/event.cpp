#include "event.h"

#include "context.h"
#include "cuda_api.h"
#include "failure.h"
#include "handles.h"
#include "stream.h"

using namespace simt;

namespace {

// Waits for the mark.
CUresult checkEvent(const char* function, CUevent event) {
  if (!valid(event)) return fail(CUDA_ERROR_INVALID_HANDLE, "%s: unknown event", function);
  LatePlace place;
  {
    std::lock_guard lock(event->mutex);
    if (event->capture.captured)
      return fail(CUDA_ERROR_CAPTURED_EVENT, "%s: the event was last recorded in a captured stream",
                  function);
    place = event->late;
  }
  return Late::on() ? Late::finish(place) : CUDA_SUCCESS;
}

// cuEventRecord: of a captured stream the event remembers the place in the graph, unless the mark itself is
// to become a node of it.
CUresult record(const char* function, CUevent event, CUstream stream, bool asNode) {
  if (CUresult error = enterContext(function)) return error;
  const Operation mark = EventOperation{event};
  if (CUresult error = validate(mark, function)) return error;
  StreamUse use(stream, function);
  if (use.error()) return use.error();
  if (use.capturing()) {
    if (asNode) return use.add(mark);
    std::lock_guard lock(event->mutex);
    use.stream().capture.recordInto(*event);
    return CUDA_SUCCESS;
  }
  if (asNode)
    return fail(CUDA_ERROR_INVALID_VALUE, "%s: CU_EVENT_RECORD_EXTERNAL is for streams that are captured",
                function);
  return Late::on() ? Late::add(use.stream(), mark, function) : perform(mark, function);
}

}  // namespace

void CUevent_st::reached() {
  std::lock_guard lock(mutex);
  capture = {};
  recorded = true;
  time = std::chrono::steady_clock::now();
}

void CUevent_st::expectAt(const LatePlace& place) {
  std::lock_guard lock(mutex);
  capture = {};
  late = place;
}

CUresult cuEventCreate(CUevent* event, unsigned int flags) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!event) return fail(CUDA_ERROR_INVALID_VALUE, "cuEventCreate: no place for the event");
  if (flags & ~unsigned{CU_EVENT_BLOCKING_SYNC | CU_EVENT_DISABLE_TIMING})
    return fail(CUDA_ERROR_INVALID_VALUE, "cuEventCreate: unknown flags %u", flags);
  *event = Handles<CUevent_st>::instance().create(currentContext(), flags);
  return *event ? CUDA_SUCCESS : fail(CUDA_ERROR_OUT_OF_MEMORY, "cuEventCreate: too many events");
}

CUresult cuEventDestroy_v2(CUevent event) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!valid(event)) return fail(CUDA_ERROR_INVALID_HANDLE, "cuEventDestroy: unknown event");
  Handles<CUevent_st>::instance().destroy(event);
  return CUDA_SUCCESS;
}

CUresult cuEventRecord(CUevent event, CUstream stream) { return record(__func__, event, stream, false); }

CUresult cuEventRecordWithFlags(CUevent event, CUstream stream, unsigned int flags) {
  if (flags > CU_EVENT_RECORD_EXTERNAL)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuEventRecordWithFlags: unknown flags %u", flags);
  return record(__func__, event, stream, flags == CU_EVENT_RECORD_EXTERNAL);
}

CUresult cuEventQuery(CUevent event) {
  if (CUresult error = enterContext(__func__)) return error;
  return checkEvent(__func__, event);
}

CUresult cuEventSynchronize(CUevent event) {
  if (CUresult error = enterContext(__func__)) return error;
  return checkEvent(__func__, event);
}

CUresult cuEventElapsedTime(float* milliseconds, CUevent begin, CUevent end) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!milliseconds) return fail(CUDA_ERROR_INVALID_VALUE, "cuEventElapsedTime: no place for the time");
  for (CUevent event : {begin, end}) {
    if (CUresult error = checkEvent(__func__, event)) return error;
    if (!event->recorded)
      return fail(CUDA_ERROR_INVALID_HANDLE, "cuEventElapsedTime: an event was never recorded");
    if (event->flags & CU_EVENT_DISABLE_TIMING)
      return fail(CUDA_ERROR_INVALID_HANDLE, "cuEventElapsedTime: an event was created without timing");
  }
  *milliseconds = std::chrono::duration<float, std::milli>(end->time - begin->time).count();
  return CUDA_SUCCESS;
}

CUresult cuEventElapsedTime_v2(float* milliseconds, CUevent begin, CUevent end) {
  return cuEventElapsedTime(milliseconds, begin, end);
}
