#include "launch.h"

#include "pool.h"
#include "sanitizer.h"

namespace simt {

void Launch::fail(CUresult code, const std::string& message) {
  std::lock_guard lock(mutex_);
  if (failed()) return;
  code_ = code;
  message_ = message;
  failed_.store(true, std::memory_order_relaxed);
}

void execute(Launch& launch) {
  Pool::instance().run(launch);
  sanitizer::acquire(launch.completion());
}

}  // namespace simt
