// Each planted bug is found by the mode that is named for it, and correct kernels are silent. Bugs that only
// a sanitizer sees are in the lists of planted_run (CMakeLists.txt).
#include "planted.h"

namespace {

const char* const GOOD[] = {"good_reverse", "good_shuffles", "good_atomic", "good_loop", "good_early_exit"};

// After a failed launch the context is unusable until it is reset.
void reset() { EXPECT_OK(cuDevicePrimaryCtxReset_v2(0)); }

void expectError(const char* kernel, CUresult error, const char* sentence) {
  stic_simt_set_checked(1);
  const Observation seen = observe(kernel);
  stic_simt_set_checked(0);
  if (seen.error != error) printf("  in %s:\n", kernel);
  EXPECT_EQUAL(seen.error, error);
  const std::string message = stic_simt_last_message();
  if (message.find(sentence) == std::string::npos) printf("  %s: '%s'\n", kernel, message.c_str());
  EXPECT(message.find(sentence) != std::string::npos);
  EXPECT(message.find(kernel) != std::string::npos);
  reset();
}

}  // namespace

TEST(correctKernelsAreSilent) {
  for (const char* kernel : GOOD)
    for (int checked : {0, 1}) {
      stic_simt_set_checked(checked);
      const Observation seen = observe(kernel);
      EXPECT_EQUAL(seen.error, CUDA_SUCCESS);
      EXPECT(!seen.orderDependent);
      EXPECT(!seen.notANumber);
    }
  stic_simt_set_checked(0);
}

TEST(ordersAndPoisonRevealRaces) {
  stic_simt_set_checked(1);
  for (const char* kernel :
       {"bug_missing_barrier_forward", "bug_missing_barrier_backward", "bug_missing_second_barrier",
        "bug_global_race", "bug_shared_counter", "bug_warp_synchronous", "bug_block_race"}) {
    const Observation seen = observe(kernel);
    EXPECT_EQUAL(seen.error, CUDA_SUCCESS);
    if (!seen.orderDependent) printf("  in %s:\n", kernel);
    EXPECT(seen.orderDependent);
  }
  stic_simt_set_checked(0);
}

TEST(poisonRevealsUnwrittenSharedMemory) {
  stic_simt_set_checked(1);
  EXPECT(observe("bug_unwritten_shared").notANumber);
  stic_simt_set_checked(0);
}

TEST(checkRevealsDivergence) {
  expectError("bug_divergent_barrier_exit", CUDA_ERROR_LAUNCH_FAILED,
              "exited while all others wait at __syncthreads");
  expectError("bug_divergent_barrier_sites", CUDA_ERROR_LAUNCH_FAILED, "divergence: __syncthreads at");
  expectError("bug_shuffle_missing_lanes", CUDA_ERROR_LAUNCH_FAILED, "waits for it in a shuffle");
}

TEST(redZonesRevealWritesOutOfBounds) {
  expectError("bug_shared_index", CUDA_ERROR_ILLEGAL_ADDRESS, "after the end of the shared array 's'");
  expectError("bug_shared_pointer", CUDA_ERROR_ILLEGAL_ADDRESS, "after the end of the shared array 's'");
  expectError("bug_global_index", CUDA_ERROR_ILLEGAL_ADDRESS, "was written at offset 512");
}
