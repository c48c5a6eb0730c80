#include "capture.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "context.h"
#include "cuda_api.h"
#include "event.h"
#include "failure.h"
#include "graph.h"
#include "stream.h"

namespace simt {

namespace {

// Guards every capture; the captures that are on.
std::mutex mutex;
std::vector<std::shared_ptr<Capture>>& captures() {
  static auto* list = new std::vector<std::shared_ptr<Capture>>();
  return *list;
}
std::atomic<int> activeCaptures{0};

__thread CUstreamCaptureMode threadMode = CU_STREAM_CAPTURE_MODE_GLOBAL;

template <class Predicate>
CUresult invalidateIf(Predicate predicate, CUresult code, const char* function, const char* reason) {
  std::lock_guard lock(mutex);
  bool any = false;
  for (const auto& capture : captures()) {
    if (!predicate(*capture)) continue;
    capture->invalidated = true;
    any = true;
  }
  return any ? fail(code, "%s: %s", function, reason) : CUDA_SUCCESS;
}

void close(const std::shared_ptr<Capture>& capture) {
  auto& list = captures();
  list.erase(std::remove(list.begin(), list.end(), capture), list.end());
  activeCaptures.store(static_cast<int>(list.size()));
}

// True if every node of `nodes` is one of `tails` or comes before one.
bool joined(const std::vector<CUgraphNode>& nodes, const std::vector<CUgraphNode>& tails) {
  std::vector<CUgraphNode> reached = tails;
  for (size_t i = 0; i < reached.size(); ++i)
    for (CUgraphNode before : reached[i]->dependencies)
      if (std::find(reached.begin(), reached.end(), before) == reached.end()) reached.push_back(before);
  return std::all_of(nodes.begin(), nodes.end(), [&](CUgraphNode node) {
    return std::find(reached.begin(), reached.end(), node) != reached.end();
  });
}

}  // namespace

bool Capture::anyActive() { return activeCaptures.load(std::memory_order_acquire) > 0; }

CUresult Capture::rejectLegacyStream(const char* function) {
  return invalidateIf(
      [](const Capture& capture) {
        return std::any_of(capture.streams.begin(), capture.streams.end(),
                           [](CUstream_st* s) { return s->blocking(); });
      },
      CUDA_ERROR_STREAM_CAPTURE_IMPLICIT, function,
      "the legacy stream would wait for a stream that is being captured");
}

CUresult Capture::rejectUnsafeCall(const char* function) {
  if (!anyActive() || threadMode == CU_STREAM_CAPTURE_MODE_RELAXED) return CUDA_SUCCESS;
  return invalidateIf(
      [](const Capture& capture) {
        const bool own = capture.owner == std::this_thread::get_id();
        return (own && capture.mode != CU_STREAM_CAPTURE_MODE_RELAXED) ||
               (capture.mode == CU_STREAM_CAPTURE_MODE_GLOBAL && threadMode == CU_STREAM_CAPTURE_MODE_GLOBAL);
      },
      CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, function, "not permitted while a stream is being captured");
}

CUresult Capture::rejectAny(const char* function) {
  return invalidateIf([](const Capture&) { return true; }, CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, function,
                      "not permitted while a stream is being captured");
}

bool StreamCapture::invalidated() const {
  std::lock_guard lock(mutex);
  return capture_ && capture_->invalidated;
}

CUresult StreamCapture::begin(CUstream_st& stream, CUstreamCaptureMode mode) {
  std::lock_guard lock(mutex);
  if (capture_)
    return fail(CUDA_ERROR_ILLEGAL_STATE, "cuStreamBeginCapture: the stream is being captured already");
  capture_ = std::make_shared<Capture>();
  capture_->graph = createGraph();
  capture_->mode = mode;
  capture_->owner = std::this_thread::get_id();
  capture_->origin = &stream;
  capture_->streams.push_back(&stream);
  captures().push_back(capture_);
  activeCaptures.store(static_cast<int>(captures().size()));
  return CUDA_SUCCESS;
}

CUresult StreamCapture::end(CUstream_st& stream, CUgraph* graph) {
  std::lock_guard lock(mutex);
  *graph = nullptr;
  const std::shared_ptr<Capture> capture = capture_;
  if (!capture) return fail(CUDA_ERROR_ILLEGAL_STATE, "cuStreamEndCapture: the stream is not being captured");
  if (capture->mode != CU_STREAM_CAPTURE_MODE_RELAXED && capture->owner != std::this_thread::get_id())
    return fail(CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD,
                "cuStreamEndCapture: the capture began on another host thread");
  if (capture->origin != &stream)
    return fail(CUDA_ERROR_STREAM_CAPTURE_UNMATCHED,
                "cuStreamEndCapture: the capture began in another stream");
  const std::vector<CUgraphNode> tail = tail_;
  const bool complete =
      std::all_of(capture->streams.begin(), capture->streams.end(),
                  [&](const CUstream_st* other) { return joined(other->capture.tail_, tail); });
  for (CUstream_st* other : capture->streams) {
    other->capture.capture_.reset();
    other->capture.tail_.clear();
  }
  close(capture);
  if (complete && !capture->invalidated) {
    *graph = capture->graph;
    return CUDA_SUCCESS;
  }
  destroyGraph(capture->graph);
  if (capture->invalidated)
    return fail(CUDA_ERROR_STREAM_CAPTURE_INVALIDATED,
                "cuStreamEndCapture: a forbidden call invalidated the capture");
  return fail(CUDA_ERROR_STREAM_CAPTURE_UNJOINED,
              "cuStreamEndCapture: the stream does not wait for another captured one");
}

CUresult StreamCapture::add(const Operation& operation) {
  std::lock_guard lock(mutex);
  CUgraphNode node = addNode(capture_->graph, operation, tail_);
  if (!node) return fail(CUDA_ERROR_OUT_OF_MEMORY, "stream capture: too many graph nodes");
  tail_ = {node};
  return CUDA_SUCCESS;
}

CUresult StreamCapture::addGraph(const std::vector<Operation>& operations) {
  for (const Operation& operation : operations)
    if (CUresult error = add(operation)) return error;
  return CUDA_SUCCESS;
}

CUresult StreamCapture::waitFor(CUstream_st& stream, const CUevent_st& event) {
  std::lock_guard lock(mutex);
  const std::shared_ptr<Capture> capture = event.capture.capture.lock();
  if (!event.capture.captured || !capture) {
    if (!capture_) return CUDA_SUCCESS;
    capture_->invalidated = true;
    return fail(CUDA_ERROR_STREAM_CAPTURE_ISOLATION,
                "cuStreamWaitEvent: the event belongs to work that is not captured");
  }
  if (capture_ && capture_ != capture) {
    capture_->invalidated = capture->invalidated = true;
    return fail(CUDA_ERROR_STREAM_CAPTURE_MERGE, "cuStreamWaitEvent: the event belongs to another capture");
  }
  if (!capture_) {
    capture_ = capture;
    capture->streams.push_back(&stream);
  }
  for (CUgraphNode node : event.capture.tail)
    if (std::find(tail_.begin(), tail_.end(), node) == tail_.end()) tail_.push_back(node);
  return CUDA_SUCCESS;
}

void StreamCapture::recordInto(CUevent_st& event) const {
  std::lock_guard lock(mutex);
  event.capture.capture = capture_;
  event.capture.tail = tail_;
  event.capture.captured = true;
}

CUresult StreamCapture::rejectQuery(const char* function) {
  std::lock_guard lock(mutex);
  capture_->invalidated = true;
  return fail(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, "%s: not permitted on a stream that is being captured",
              function);
}

// The stream is destroyed: its capture can never end.
void StreamCapture::abandon() {
  std::lock_guard lock(mutex);
  const std::shared_ptr<Capture> capture = capture_;
  if (!capture) return;
  for (CUstream_st* other : capture->streams) {
    other->capture.capture_.reset();
    other->capture.tail_.clear();
  }
  close(capture);
  destroyGraph(capture->graph);
}

}  // namespace simt

using namespace simt;

CUresult cuStreamBeginCapture_v2(CUstream handle, CUstreamCaptureMode mode) {
  if (CUresult error = enterContext(__func__)) return error;
  if (mode < CU_STREAM_CAPTURE_MODE_GLOBAL || mode > CU_STREAM_CAPTURE_MODE_RELAXED)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuStreamBeginCapture: unknown mode %d", mode);
  CUstream_st* stream = streamOf(handle);
  if (!stream) return fail(CUDA_ERROR_INVALID_HANDLE, "cuStreamBeginCapture: unknown stream");
  if (stream == streamOf(nullptr))
    return fail(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED,
                "cuStreamBeginCapture: the legacy stream cannot be captured");
  return stream->capture.begin(*stream, mode);
}

CUresult cuStreamEndCapture(CUstream handle, CUgraph* graph) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!graph) return fail(CUDA_ERROR_INVALID_VALUE, "cuStreamEndCapture: no place for the graph");
  CUstream_st* stream = streamOf(handle);
  if (!stream) return fail(CUDA_ERROR_INVALID_HANDLE, "cuStreamEndCapture: unknown stream");
  return stream->capture.end(*stream, graph);
}

CUresult cuStreamIsCapturing(CUstream handle, CUstreamCaptureStatus* status) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!status) return fail(CUDA_ERROR_INVALID_VALUE, "cuStreamIsCapturing: no place for the status");
  CUstream_st* stream = streamOf(handle);
  if (!stream) return fail(CUDA_ERROR_INVALID_HANDLE, "cuStreamIsCapturing: unknown stream");
  *status = !stream->capture.active()       ? CU_STREAM_CAPTURE_STATUS_NONE
            : stream->capture.invalidated() ? CU_STREAM_CAPTURE_STATUS_INVALIDATED
                                            : CU_STREAM_CAPTURE_STATUS_ACTIVE;
  return CUDA_SUCCESS;
}

CUresult cuThreadExchangeStreamCaptureMode(CUstreamCaptureMode* mode) {
  if (CUresult error = enter(__func__)) return error;
  if (!mode || *mode < CU_STREAM_CAPTURE_MODE_GLOBAL || *mode > CU_STREAM_CAPTURE_MODE_RELAXED)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuThreadExchangeStreamCaptureMode: needs one of the three modes");
  std::swap(*mode, threadMode);
  return CUDA_SUCCESS;
}
