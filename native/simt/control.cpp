#include "control.h"

#include <string>

#include "banks.h"
#include "failure.h"
#include "late.h"
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

int stic_simt_set_late(int late) {
  if (late != 0 && late != 1)
    return fail(CUDA_ERROR_INVALID_VALUE, "stic_simt_set_late: %d is neither 0 nor 1", late);
  return Late::set(late == 1);
}

int stic_simt_count_banks(int count) {
  if (count != 0 && count != 1)
    return fail(CUDA_ERROR_INVALID_VALUE, "stic_simt_count_banks: %d is neither 0 nor 1", count);
  Banks::instance().set(count == 1);
  return CUDA_SUCCESS;
}

int64_t stic_simt_bank_conflicts(const char* kernel) { return Banks::instance().conflicts(kernel); }

int64_t stic_simt_leaks(int print) { return Memory::instance().reportLeaks(print != 0); }
