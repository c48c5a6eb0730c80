#include "settings.h"

#include <sched.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "failure.h"

namespace simt {

namespace {

constexpr int MAX_WORKERS = 256;

int processors() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return CPU_COUNT(&set) < MAX_WORKERS ? CPU_COUNT(&set) : MAX_WORKERS;
}

size_t physicalMemory() {
  return static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(sysconf(_SC_PAGE_SIZE));
}

// The whole text as a number in [low, high].
bool parse(const std::string& text, uint64_t low, uint64_t high, uint64_t* number) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) return false;
  errno = 0;
  *number = strtoull(text.c_str(), nullptr, 10);
  return errno == 0 && *number >= low && *number <= high;
}

}  // namespace

Settings& Settings::instance() {
  static auto* settings = new Settings();
  return *settings;
}

Settings::Settings() : workers_(processors()), memoryBytes_(physicalMemory()) {
  if (const char* text = getenv("STIC_SIMT_WORKERS")) readWorkers(text);
  if (const char* text = getenv("STIC_SIMT_ORDER")) readOrder(text);
  if (const char* text = getenv("STIC_SIMT_MEMORY")) readMemory(text);
  if (const char* text = getenv("STIC_SIMT_CHECK")) readChecked(text);
  if (const char* text = getenv("STIC_SIMT_FAULT")) readFaults(text);
}

void Settings::readWorkers(const char* text) {
  uint64_t workers;
  if (parse(text, 1, MAX_WORKERS, &workers))
    workers_ = static_cast<int>(workers);
  else
    problem_ = std::string("STIC_SIMT_WORKERS is '") + text + "', but must be a number from 1 to 256";
}

void Settings::readOrder(const std::string& text) {
  uint64_t seed = 0;
  if (text == "forward")
    setSchedule({Order::FORWARD, 0});
  else if (text == "reverse")
    setSchedule({Order::REVERSE, 0});
  else if (text.rfind("random:", 0) == 0 && parse(text.substr(7), 0, UINT64_MAX, &seed))
    setSchedule({Order::RANDOM, seed});
  else
    problem_ = "STIC_SIMT_ORDER is '" + text + "', but must be forward, reverse or random:SEED";
}

void Settings::readMemory(const char* text) {
  uint64_t bytes;
  if (parse(text, 1, SIZE_MAX, &bytes))
    memoryBytes_ = bytes;
  else
    problem_ = std::string("STIC_SIMT_MEMORY is '") + text + "', but must be a number of bytes";
}

void Settings::readChecked(const std::string& text) {
  if (text == "0" || text == "1")
    setChecked(text == "1");
  else
    problem_ = "STIC_SIMT_CHECK is '" + text + "', but must be 0 or 1";
}

void Settings::readFaults(const std::string& text) {
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(',', begin), text.size());
    readFault(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

void Settings::readFault(const std::string& text) {
  const size_t first = text.find(':');
  const size_t second = first == std::string::npos ? first : text.find(':', first + 1);
  Fault fault;
  if (second != std::string::npos && first > 0 &&
      parse(text.substr(first + 1, second - first - 1), 1, UINT64_MAX, &fault.call) &&
      errorByName(text.substr(second + 1), &fault.error)) {
    fault.function = text.substr(0, first);
    faults_.push_back(fault);
  } else {
    problem_ =
        "STIC_SIMT_FAULT has '" + text +
        "', but must be function:call:error, such as cuMemAlloc_v2:3:OUT_OF_MEMORY, separated by commas";
  }
}

}  // namespace simt
