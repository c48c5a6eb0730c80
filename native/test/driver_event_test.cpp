// Events: when a stream reached them, against work of known duration.
#include <time.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "gpu.h"

namespace {

// Long against what a launch costs (1 us) and the steps of a GPU's timer (1 us), short against a slice of
// time (3 ms), so that on a busy machine most runs are not interrupted.
constexpr int NANOSECONDS = 2'000'000;
#ifdef STIC_TEST_SLOWED  // by ThreadSanitizer, whose own work is in the times
constexpr double TOLERANCE = 0.25;
#else
constexpr double TOLERANCE = 0.01;
#endif
constexpr size_t SAMPLES = 15;
constexpr int MOST_RUNS = 3000;

double threadMilliseconds() {
  timespec used;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return 1e3 * used.tv_sec + 1e-6 * used.tv_nsec;
}

// The kernels run in this thread. A run in which it was taken off its processor for longer than half the
// tolerance is no measurement of the events, and is not counted. On a GPU nothing can interrupt a kernel.
bool interrupted(double elapsed, double used) {
  return !getenv("STIC_TEST_IMAGE") && elapsed - used > 0.5 * TOLERANCE * elapsed;
}

struct Spinner {
  CUmodule module = nullptr;
  CUfunction spin = nullptr;
  CUstream stream = nullptr;
  CUevent begin = nullptr, end = nullptr;
  DeviceArray<int> spun;

  Spinner() : spun((useDevice(), 1)) {
    module = loadModule("test-fibers.so");
    spin = findFunction(module, "spin");
    EXPECT_OK(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING));
    EXPECT_OK(cuEventCreate(&begin, CU_EVENT_DEFAULT));
    EXPECT_OK(cuEventCreate(&end, CU_EVENT_DEFAULT));
  }
  ~Spinner() {
    EXPECT_OK(cuEventDestroy_v2(begin));
    EXPECT_OK(cuEventDestroy_v2(end));
    EXPECT_OK(cuStreamDestroy_v2(stream));
    EXPECT_OK(cuModuleUnload(module));
  }
  CUresult enqueue(int nanoseconds) { return launch(spin, 1, 1, stream, spun.address(), nanoseconds); }
  float elapsed() {
    float milliseconds = 0;
    EXPECT_OK(cuEventSynchronize(end));
    EXPECT_OK(cuEventElapsedTime(&milliseconds, begin, end));
    return milliseconds;
  }

  // The median of what the events say of a body that spins once between them.
  double median(const std::function<void()>& body) {
    std::vector<double> samples;
    for (int run = 0; run < MOST_RUNS && samples.size() < SAMPLES; ++run) {
      const double before = threadMilliseconds();
      body();
      const double elapsed = this->elapsed();
      if (!interrupted(elapsed, threadMilliseconds() - before)) samples.push_back(elapsed);
    }
    EXPECT_EQUAL(samples.size(), SAMPLES);  // fewer: this machine interrupts every run, and tells nothing
    if (samples.empty()) return NAN;
    std::sort(samples.begin(), samples.end());
    return samples[samples.size() / 2];
  }
};

void expectKnownDuration(double milliseconds) {
  const double known = 1e-6 * NANOSECONDS;
  printf("  %.5f ms of %.5f\n", milliseconds, known);
  EXPECT(std::fabs(milliseconds - known) <= TOLERANCE * known);
}

// Records begin, the work and end as nodes of a graph.
CUgraphExec graphOf(Spinner& spinner, CUgraph* graph) {
  EXPECT_OK(cuStreamBeginCapture_v2(spinner.stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL));
  EXPECT_OK(cuEventRecordWithFlags(spinner.begin, spinner.stream, CU_EVENT_RECORD_EXTERNAL));
  EXPECT_OK(spinner.enqueue(NANOSECONDS));
  EXPECT_OK(cuEventRecordWithFlags(spinner.end, spinner.stream, CU_EVENT_RECORD_EXTERNAL));
  EXPECT_OK(cuStreamEndCapture(spinner.stream, graph));
  CUgraphExec exec = nullptr;
  EXPECT_OK(cuGraphInstantiateWithFlags(&exec, *graph, 0));
  return exec;
}

}  // namespace

TEST(aKernelOfKnownDurationTakesAsLong) {
  Spinner spinner;
  expectKnownDuration(spinner.median([&] {
    EXPECT_OK(cuEventRecord(spinner.begin, spinner.stream));
    EXPECT_OK(spinner.enqueue(NANOSECONDS));
    EXPECT_OK(cuEventRecord(spinner.end, spinner.stream));
  }));
  EXPECT(spinner.spun.download() == std::vector<int>(1, NANOSECONDS));
}

TEST(eventsThatAreNodesOfAGraphAreTimed) {
  Spinner spinner;
  CUgraph graph = nullptr;
  CUgraphExec exec = graphOf(spinner, &graph);
  float milliseconds = 0;
  EXPECT_EQUAL(cuEventElapsedTime(&milliseconds, spinner.begin, spinner.end), CUDA_ERROR_INVALID_HANDLE);
  expectKnownDuration(spinner.median([&] { EXPECT_OK(cuGraphLaunch(exec, spinner.stream)); }));
  size_t count = 0;
  EXPECT_OK(cuGraphGetNodes(graph, nullptr, &count));
  EXPECT_EQUAL(count, size_t{3});
  std::vector<CUgraphNode> nodes(count);
  EXPECT_OK(cuGraphGetNodes(graph, nodes.data(), &count));
  CUgraphNodeType type = CU_GRAPH_NODE_TYPE_EMPTY;
  EXPECT_OK(cuGraphNodeGetType(nodes[0], &type));
  EXPECT_EQUAL(type, CU_GRAPH_NODE_TYPE_EVENT_RECORD);
  EXPECT_OK(cuGraphExecDestroy(exec));
  EXPECT_OK(cuGraphDestroy(graph));
}

TEST(anEventIsANodeOnlyOfACapturedStream) {
  Spinner spinner;
  EXPECT_EQUAL(cuEventRecordWithFlags(spinner.begin, spinner.stream, CU_EVENT_RECORD_EXTERNAL),
               CUDA_ERROR_INVALID_VALUE);
  EXPECT_EQUAL(cuEventRecordWithFlags(spinner.begin, spinner.stream, 2), CUDA_ERROR_INVALID_VALUE);
}

// An event tells when the work before it was done, whenever the host asks.
TEST(whatTheHostDoesMeanwhileIsNotCounted) {
  Spinner spinner;
  EXPECT_OK(cuEventRecord(spinner.begin, spinner.stream));
  EXPECT_OK(spinner.enqueue(NANOSECONDS));
  EXPECT_OK(cuEventRecord(spinner.end, spinner.stream));
  EXPECT_OK(cuStreamSynchronize(spinner.stream));
  const float before = spinner.elapsed();
  timespec pause{0, 20'000'000};
  nanosleep(&pause, nullptr);
  EXPECT_EQUAL(spinner.elapsed(), before);
}
