// A stand-in for NVIDIA's management library with its exact functions, for tests where there is none. It
// knows one GPU, 0000:3B:00.0, whose clock, power and throttling a test sets; it has no default clock where
// that is 0.
#include <cstring>

namespace {
unsigned clock = 1980;
unsigned defaultClock = 1755;
unsigned long long reasons = 0;
int users = 0;
int device;

constexpr int UNINITIALIZED = 1, NOT_SUPPORTED = 3, NOT_FOUND = 6;

int give(unsigned* place, unsigned value) {
  if (users == 0) return UNINITIALIZED;
  *place = value;
  return 0;
}
}  // namespace

extern "C" {
void stub_nvml_set(unsigned newClock, unsigned newDefault, unsigned long long newReasons) {
  clock = newClock;
  defaultClock = newDefault;
  reasons = newReasons;
}
int stub_nvml_users() { return users; }

int nvmlInit_v2() {
  ++users;
  return 0;
}
int nvmlShutdown() {
  --users;
  return 0;
}
int nvmlDeviceGetHandleByPciBusId_v2(const char* id, void** handle) {
  if (users == 0) return UNINITIALIZED;
  if (strcmp(id, "0000:3B:00.0")) return NOT_FOUND;
  *handle = &device;
  return 0;
}
int nvmlDeviceGetClockInfo(void*, int type, unsigned* value) { return give(value, type == 1 ? clock : 3201); }
int nvmlDeviceGetMaxClockInfo(void*, int, unsigned* value) { return give(value, 1980); }
int nvmlDeviceGetDefaultApplicationsClock(void*, int, unsigned* value) {
  return defaultClock ? give(value, defaultClock) : NOT_SUPPORTED;
}
int nvmlDeviceGetPowerUsage(void*, unsigned* value) { return give(value, 612'345); }
int nvmlDeviceGetTemperature(void*, int, unsigned* value) { return give(value, 57); }
int nvmlDeviceGetCurrentClocksThrottleReasons(void*, unsigned long long* value) {
  *value = reasons;
  return users == 0 ? UNINITIALIZED : 0;
}
}
