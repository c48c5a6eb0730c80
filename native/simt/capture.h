// Stream capture: while it is on, operations of a stream, and of streams that wait for its events, become
// nodes of a graph instead of running. The rules and errors are those of the CUDA driver API, section Stream
// Management.
#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "cuda_types.h"
#include "operation.h"

namespace simt {

// One capture sequence; shared by the streams that take part.
class Capture {
 public:
  static bool anyActive();

  // The legacy stream would depend on every blocking stream, a captured one among them.
  static CUresult rejectLegacyStream(const char* function);

  // For calls that may wait for the device, such as cuMemAlloc: forbidden while a capture is on that the
  // calling host thread's mode does not permit; the capture is then invalidated.
  static CUresult rejectUnsafeCall(const char* function);

  // For calls that wait for everything.
  static CUresult rejectAny(const char* function);

  CUgraph graph = nullptr;
  CUstreamCaptureMode mode = CU_STREAM_CAPTURE_MODE_GLOBAL;
  std::thread::id owner;
  CUstream_st* origin = nullptr;
  std::vector<CUstream_st*> streams;
  bool invalidated = false;
};

// The part of a capture that a stream knows, and the part that an event carries from stream to stream.
class StreamCapture {
 public:
  bool active() const { return capture_ != nullptr; }
  bool invalidated() const;
  CUresult begin(CUstream_st& stream, CUstreamCaptureMode mode);
  CUresult end(CUstream_st& stream, CUgraph* graph);
  CUresult add(const Operation& operation);
  CUresult addGraph(const std::vector<Operation>& operations);
  // cuStreamWaitEvent: joins the event's capture, if it has one.
  CUresult waitFor(CUstream_st& stream, const CUevent_st& event);
  // cuEventRecord in a stream that is captured.
  void recordInto(CUevent_st& event) const;
  // A query or synchronisation of a captured stream is an error that invalidates the capture.
  CUresult rejectQuery(const char* function);
  void abandon();

 private:
  friend class Capture;
  std::shared_ptr<Capture> capture_;
  std::vector<CUgraphNode> tail_;  // what the next node depends on
};

// What an event that was recorded in a captured stream stands for.
struct EventCapture {
  std::weak_ptr<Capture> capture;
  std::vector<CUgraphNode> tail;
  bool captured = false;
};

inline CUresult rejectIfCapturing(const char* function) {
  return Capture::anyActive() ? Capture::rejectAny(function) : CUDA_SUCCESS;
}

}  // namespace simt
