#include "control.h"

#include <string>

#include "failure.h"
#include "memory.h"
#include "pool.h"
#include "settings.h"

using namespace simt;

const char* stic_simt_last_message() {
  thread_local std::string text;
  text = lastMessage();
  return text.c_str();
}

int stic_simt_set_order(int order, uint64_t seed) {
  if (order < 0 || order > 2)
    return fail(CUDA_ERROR_INVALID_VALUE,
                "stic_simt_set_order: %d is none of 0 (forward), 1 (reverse), 2 (random)", order);
  Settings::instance().setSchedule({static_cast<Order>(order), seed});
  return CUDA_SUCCESS;
}

int stic_simt_set_workers(int workers) {
  if (workers < 1 || workers > 256)
    return fail(CUDA_ERROR_INVALID_VALUE, "stic_simt_set_workers: %d is not from 1 to 256", workers);
  Pool::instance().resize(workers);
  return CUDA_SUCCESS;
}

int stic_simt_workers() { return Pool::instance().workers(); }

int stic_simt_set_checked(int checked) {
  if (checked != 0 && checked != 1)
    return fail(CUDA_ERROR_INVALID_VALUE, "stic_simt_set_checked: %d is neither 0 nor 1", checked);
  Settings::instance().setChecked(checked == 1);
  return CUDA_SUCCESS;
}

int stic_simt_checked() { return Settings::instance().checked(); }

int64_t stic_simt_leaks(int print) { return Memory::instance().reportLeaks(print != 0); }

const char* stic_simt_image() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool v2 = __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
  const bool v3 =
      v2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl");
  return v4 ? "kernels-x86-64-v4.so" : v3 ? "kernels-x86-64-v3.so" : "kernels-x86-64-v2.so";
#else
  return "kernels-aarch64.so";
#endif
}
