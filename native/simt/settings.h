// What the environment asks for (STIC_SIMT_*), read once. native/README.md has the table.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cuda_types.h"
#include "order.h"

namespace simt {

// Makes the `call`-th call (from 1) of a driver function fail.
struct Fault {
  std::string function;
  uint64_t call;
  CUresult error;
  uint64_t calls = 0;
};

class Settings {
 public:
  static Settings& instance();

  // Empty, or the sentence that says which variable is wrong and what would be right.
  const std::string& problem() const { return problem_; }

  int workers() const { return workers_; }
  size_t memoryBytes() const { return memoryBytes_; }
  const std::vector<Fault>& faults() const { return faults_; }

  bool checked() const { return checked_.load(std::memory_order_relaxed); }
  void setChecked(bool checked) { checked_.store(checked, std::memory_order_relaxed); }

  Schedule schedule() const {
    return {static_cast<Order>(order_.load(std::memory_order_relaxed)),
            seed_.load(std::memory_order_relaxed)};
  }
  void setSchedule(const Schedule& schedule) {
    order_.store(static_cast<int>(schedule.order), std::memory_order_relaxed);
    seed_.store(schedule.seed, std::memory_order_relaxed);
  }

 private:
  Settings();
  void readWorkers(const char* text);
  void readOrder(const std::string& text);
  void readMemory(const char* text);
  void readChecked(const std::string& text);
  void readFaults(const std::string& text);
  void readFault(const std::string& text);

  std::string problem_;
  int workers_ = 1;
  size_t memoryBytes_ = 0;
  std::atomic<bool> checked_{false};
  std::atomic<int> order_{0};
  std::atomic<uint64_t> seed_{0};
  std::vector<Fault> faults_;
};

}  // namespace simt
