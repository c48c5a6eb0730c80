#include "launch.h"

#include "pool.h"
#include "sanitizer.h"

namespace simt {

void Launch::fail(CUresult code, const std::string& message) {
  const auto* failure = new Failure{code, message};
  const Failure* none = nullptr;
  if (!failure_.compare_exchange_strong(none, failure, std::memory_order_acq_rel)) delete failure;
}

void execute(Launch& launch) {
  Pool::instance().run(launch);
  sanitizer::acquire(launch.completion());
}

}  // namespace simt
