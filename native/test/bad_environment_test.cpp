// A wrong STIC_SIMT_* variable is refused by cuInit with a sentence. CMakeLists.txt runs this program once a
// variable, with the sentence's main words in STIC_EXPECTED.
#include <cstdlib>

#include "control.h"
#include "gpu.h"

TEST(wrongVariableIsNamed) {
  EXPECT_EQUAL(cuInit(0), CUDA_ERROR_INVALID_VALUE);
  const std::string message = stic_simt_last_message();
  printf("  %s\n", message.c_str());
  EXPECT(message.find(getenv("STIC_EXPECTED")) != std::string::npos);
  CUdevice device;
  EXPECT_EQUAL(cuDeviceGet(&device, 0), CUDA_ERROR_NOT_INITIALIZED);
}
