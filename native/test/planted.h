// Runs one kernel of planted.cu and tells what could be seen from outside.
#pragma once

#include <cmath>
#include <cstring>

#include "control.h"
#include "gpu.h"

struct Observation {
  CUresult error = CUDA_SUCCESS;  // the first error of a launch
  bool orderDependent = false;    // results differ between thread orders
  bool notANumber = false;
};

inline Observation observe(const char* kernel) {
  Observation seen;
  std::vector<float> first;
  for (int order = 0; order < 6 && !seen.error; ++order) {
    stic_simt_set_order(order < 2 ? order : 2, order);
    useDevice();
    CUmodule module = loadModule("test-fibers.so");
    std::vector<float> values(128);
    for (int i = 0; i < 128; ++i) values[i] = std::sin(i * 1.7f + 1);
    {
      DeviceArray<float> x(values), y(std::vector<float>(128, 0.0f));
      const unsigned blocks = strstr(kernel, "block_race") ? 2 : 1;
      seen.error = launch(findFunction(module, kernel), blocks, 128, nullptr, x.address(), y.address());
      if (!seen.error) values = y.download();
    }
    for (float value : values) seen.notANumber |= std::isnan(value);
    if (first.empty()) first = values;
    seen.orderDependent |= memcmp(first.data(), values.data(), 512) != 0;
    if (!seen.error) EXPECT_OK(cuModuleUnload(module));
  }
  stic_simt_set_order(0, 0);
  return seen;
}
