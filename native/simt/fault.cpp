#include "fault.h"

#include <mutex>

#include "failure.h"
#include "settings.h"

namespace simt {

namespace {

CUresult countCall(const char* function) {
  static std::mutex mutex;
  static auto* faults = new std::vector<Fault>(Settings::instance().faults());
  std::lock_guard lock(mutex);
  CUresult error = CUDA_SUCCESS;
  for (Fault& fault : *faults)
    if (fault.function == function && ++fault.calls == fault.call) error = fault.error;
  return error;
}

}  // namespace

CUresult injectedFault(const char* function) {
  static const bool any = !Settings::instance().faults().empty();
  if (!any) return CUDA_SUCCESS;
  const CUresult error = countCall(function);
  if (error == CUDA_SUCCESS) return error;
  return fail(error, "%s: fault injected by STIC_SIMT_FAULT", function);
}

}  // namespace simt
