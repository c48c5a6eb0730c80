// Hopper's asynchronous copies and products, as fibers define them, against plain C++; and the bugs that they
// are to reveal.
#include <cmath>
#include <cstdint>

#include "control.h"
#include "gpu.h"

namespace {

constexpr unsigned PIPELINE_THREADS = 160;

uint16_t toBfloat16(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return static_cast<uint16_t>((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

float toFloat(uint16_t value) {
  const uint32_t bits = static_cast<uint32_t>(value) << 16;
  float result;
  memcpy(&result, &bits, sizeof result);
  return result;
}

// Numbers that bfloat16 has, all different in their neighbourhood.
std::vector<uint16_t> numbers(size_t count, int seed) {
  std::vector<uint16_t> values(count);
  for (size_t i = 0; i < count; ++i)
    values[i] = toBfloat16(std::sin(static_cast<float>(i) * 0.7f + static_cast<float>(seed)));
  return values;
}

CUtensorMap boxes(CUdeviceptr address, std::vector<uint64_t> sizes, std::vector<uint32_t> box,
                  CUtensorMapSwizzle swizzle = CU_TENSOR_MAP_SWIZZLE_128B) {
  CUtensorMap map;
  std::vector<uint64_t> strides;
  uint64_t bytes = 2;
  for (uint64_t size : sizes) strides.push_back(bytes *= size);
  const std::vector<uint32_t> steps(sizes.size(), 1);
  EXPECT_OK(cuTensorMapEncodeTiled(&map, CU_TENSOR_MAP_DATA_TYPE_BFLOAT16,
                                   static_cast<uint32_t>(sizes.size()), reinterpret_cast<void*>(address),
                                   sizes.data(), strides.data(), box.data(), steps.data(),
                                   CU_TENSOR_MAP_INTERLEAVE_NONE, swizzle, CU_TENSOR_MAP_L2_PROMOTION_NONE,
                                   CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE));
  return map;
}

template <class... Arguments>
CUresult run(const char* kernel, unsigned threads, unsigned sharedBytes, Arguments... arguments) {
  CUmodule module = loadModule("test-fibers.so");
  CUfunction function = findFunction(module, kernel);
  EXPECT_OK(cuFuncSetAttribute(function, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
                               static_cast<int>(sharedBytes)));
  void* parameters[] = {static_cast<void*>(&arguments)...};
  const CUresult result =
      cuLaunchKernel(function, 1, 1, 1, threads, 1, 1, sharedBytes, nullptr, parameters, nullptr);
  if (!result) EXPECT_OK(cuModuleUnload(module));
  return result;
}

void setOrder(int order) { stic_simt_set_order(order < 2 ? order : 2, static_cast<uint64_t>(order)); }

struct Observation {
  bool right = true;
  std::string sentence;  // of a launch that failed
};

// The pipeline in several orders of threads, over five slots' worth of depth.
Observation observe(const char* kernel, CUtensorMapSwizzle swizzle = CU_TENSOR_MAP_SWIZZLE_128B) {
  constexpr int STEPS = 5, DEPTH = 64 * STEPS;
  const std::vector<uint16_t> a = numbers(64 * DEPTH, 1), b = numbers(64 * DEPTH, 2);
  Observation seen;
  for (int order = 0; order < 5 && seen.sentence.empty(); ++order) {
    useDevice();
    setOrder(order);
    {
      DeviceArray<uint16_t> left(a), right(b);
      DeviceArray<float> output(std::vector<float>(64 * 64, -1.0f));
      const CUtensorMap leftMap = boxes(left.address(), {DEPTH, 64}, {64, 64}, swizzle);
      const CUtensorMap rightMap = boxes(right.address(), {DEPTH, 64}, {64, 64});
      if (run(kernel, PIPELINE_THREADS, 2 * 2 * 8192 + 64, output.address(), leftMap, rightMap, STEPS)) {
        seen.sentence = stic_simt_last_message();
        seen.right = false;
        break;
      }
      const std::vector<float> values = output.download();
      for (int i = 0; i < 64; ++i)
        for (int j = 0; j < 64; ++j) {
          double sum = 0;
          for (int k = 0; k < DEPTH; ++k) sum += toFloat(a[i * DEPTH + k]) * toFloat(b[j * DEPTH + k]);
          seen.right &= std::abs(values[i * 64 + j] - sum) <= 1e-4;
        }
    }
  }
  if (!seen.sentence.empty()) EXPECT_OK(cuDevicePrimaryCtxReset_v2(0));
  setOrder(0);
  return seen;
}

void expectSentence(const char* kernel, const char* sentence) {
  const Observation seen = observe(kernel);
  if (seen.sentence.find(sentence) == std::string::npos)
    printf("  %s: '%s'\n", kernel, seen.sentence.c_str());
  EXPECT(seen.sentence.find(sentence) != std::string::npos);
}

void expectWrong(const char* kernel) {
  const Observation seen = observe(kernel);
  if (seen.right) printf("  in %s:\n", kernel);
  EXPECT(!seen.right);
}

// One product of a depth of 64 with both matrices written by the threads.
std::vector<float> multiplied(const char* kernel, const std::vector<uint16_t>& a,
                              const std::vector<uint16_t>& b, int columns) {
  useDevice();
  DeviceArray<uint16_t> left(a), right(b);
  DeviceArray<float> output(64 * columns);
  EXPECT_OK(run(kernel, 128, 5 * 8192, output.address(), left.address(), right.address()));
  return output.download();
}

void expectProduct(const char* kernel, int columns, bool transposed) {
  const int blocks = (columns + 63) / 64;
  const std::vector<uint16_t> a = numbers(64 * 64, 3), b = numbers(blocks * 64 * 64, 4);
  const std::vector<float> values = multiplied(kernel, a, b, columns);
  for (int i = 0; i < 64; ++i)
    for (int j = 0; j < columns; ++j) {
      double sum = 0;
      for (int k = 0; k < 64; ++k)
        sum += transposed ? toFloat(a[k * 64 + i]) * toFloat(b[(j / 64 * 64 + k) * 64 + j % 64])
                          : toFloat(a[i * 64 + k]) * toFloat(b[j * 64 + k]);
      EXPECT(std::abs(values[i * columns + j] - sum) <= 1e-5);
    }
}

struct Images {
  int channels, width, height, count;
  std::vector<uint16_t> values = numbers(static_cast<size_t>(channels) * width * height * count, 5);

  uint16_t at(int c, int x, int y, int n) const {
    const bool inside = c < channels && x >= 0 && x < width && y >= 0 && y < height && n >= 0 && n < count;
    return inside ? values[((n * height + y) * width + x) * channels + c] : 0;
  }
};

// Copies of 64 consecutive positions of a filter, as a convolution reads them, against loops over its output.
void expectPatches(const Images& images, int filter, int stride, int padding, int firstPosition,
                   int channel) {
  useDevice();
  constexpr int ROWS = 64;
  DeviceArray<uint16_t> tensor(images.values);
  DeviceArray<uint16_t> output(ROWS * 64);
  CUtensorMap map;
  const uint64_t sizes[4] = {static_cast<uint64_t>(images.channels), static_cast<uint64_t>(images.width),
                             static_cast<uint64_t>(images.height), static_cast<uint64_t>(images.count)};
  const uint64_t strides[3] = {2 * sizes[0], 2 * sizes[0] * sizes[1], 2 * sizes[0] * sizes[1] * sizes[2]};
  const int lower[2] = {-padding, -padding}, upper[2] = {padding - (filter - 1), padding - (filter - 1)};
  const uint32_t steps[4] = {1, static_cast<uint32_t>(stride), static_cast<uint32_t>(stride), 1};
  EXPECT_OK(cuTensorMapEncodeIm2col(
      &map, CU_TENSOR_MAP_DATA_TYPE_BFLOAT16, 4, reinterpret_cast<void*>(tensor.address()), sizes, strides,
      lower, upper, 64, ROWS, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_128B,
      CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE));
  const int columns = (images.width + 2 * padding - filter) / stride + 1;
  const int rows = (images.height + 2 * padding - filter) / stride + 1;
  const int p = firstPosition / columns % rows, q = firstPosition % columns;
  for (int tap = 0; tap < filter * filter; ++tap) {
    const int tapRow = tap / filter, tapColumn = tap % filter;
    EXPECT_OK(run("hopper_copy_patches", 128, 8192 + 64, output.address(), map, channel, q * stride - padding,
                  p * stride - padding, firstPosition / (rows * columns), tapColumn, tapRow, ROWS));
    const std::vector<uint16_t> copied = output.download();
    bool same = true;
    for (int i = 0; i < ROWS; ++i)
      for (int c = 0; c < 64; ++c) {
        const int position = firstPosition + i, y = position / columns % rows * stride - padding + tapRow,
                  x = position % columns * stride - padding + tapColumn;
        same &= copied[i * 64 + c] == images.at(channel + c, x, y, position / (rows * columns));
      }
    EXPECT(same);
  }
}

}  // namespace

TEST(theRightPipelineIsRightInEveryOrder) {
  for (int checked : {0, 1}) {
    stic_simt_set_checked(checked);
    const Observation seen = observe("hopper_good");
    EXPECT_EQUAL(seen.sentence, std::string());
    EXPECT(seen.right);
  }
  stic_simt_set_checked(0);
}

TEST(missingWaitsGiveWrongNumbers) {
  expectWrong("hopper_bug_no_wait_for_copies");
  expectWrong("hopper_bug_wrong_parity");
  expectWrong("hopper_bug_no_wait_for_products");
  expectWrong("hopper_bug_slot_freed_too_early");
}

TEST(anotherSwizzleGivesWrongNumbers) { EXPECT(!observe("hopper_good", CU_TENSOR_MAP_SWIZZLE_NONE).right); }

TEST(brokenRulesAreNamed) {
  expectSentence("hopper_bug_no_fence_before_products", "not behind fenceProducts()");
  expectSentence("hopper_bug_no_wait_for_free_slot", "more arrivals in a phase");
  expectSentence("hopper_bug_no_fence_of_barriers", "without fenceBarriers()");
  expectSentence("hopper_bug_too_many_bytes", "deadlock: ");
  expectSentence("hopper_bug_too_many_bytes", "at a full slot");
}

TEST(productsOfEveryWidth) {
  expectProduct("hopper_product_64", 64, false);
  expectProduct("hopper_product_128", 128, false);
  expectProduct("hopper_product_160", 160, false);
  expectProduct("hopper_product_256", 256, false);
}

TEST(productsOfTransposedMatrices) {
  expectProduct("hopper_product_64_transposed", 64, true);
  expectProduct("hopper_product_160_transposed", 160, true);
}

TEST(ordinaryStoresNeedAFence) {
  const std::vector<float> values =
      multiplied("hopper_bug_no_fence_for_units", numbers(64 * 64, 3), numbers(64 * 64, 4), 64);
  EXPECT(std::isnan(values[0]));
}

TEST(boxesBeyondTheTensorAreZeroThere) {
  useDevice();
  constexpr int COLUMNS = 72, ROWS = 21, PLANES = 3;
  const std::vector<uint16_t> values = numbers(COLUMNS * ROWS * PLANES, 6);
  DeviceArray<uint16_t> tensor(values);
  DeviceArray<uint16_t> output(64 * 64);
  const CUtensorMap map = boxes(tensor.address(), {COLUMNS, ROWS, PLANES}, {64, 16, 2});
  for (const auto& place : {std::vector<int>{0, 0, 0}, {64, 8, 1}, {-8, -3, 2}, {32, 20, -1}}) {
    EXPECT_OK(
        run("hopper_copy_box", 128, 8192 + 64, output.address(), map, place[0], place[1], place[2], 32));
    const std::vector<uint16_t> copied = output.download();
    bool same = true;
    for (int i = 0; i < 32; ++i)
      for (int c = 0; c < 64; ++c) {
        const int x = place[0] + c, y = place[1] + i % 16, z = place[2] + i / 16;
        const bool inside = x >= 0 && x < COLUMNS && y >= 0 && y < ROWS && z >= 0 && z < PLANES;
        same &= copied[i * 64 + c] == (inside ? values[(z * ROWS + y) * COLUMNS + x] : 0);
      }
    EXPECT(same);
  }
}

TEST(patchesFollowTheFilter) {
  expectPatches({8, 7, 7, 2}, 3, 1, 1, 40, 0);
  expectPatches({72, 5, 9, 2}, 3, 2, 1, 3, 64);
  expectPatches({16, 8, 8, 3}, 1, 2, 0, 16, 0);
  expectPatches({64, 6, 6, 1}, 5, 1, 2, 0, 0);
  expectPatches({8, 1, 1, 70}, 1, 1, 0, 10, 0);
}

TEST(storedBoxesStayInsideTheTensor) {
  useDevice();
  constexpr int COLUMNS = 72, ROWS = 70;
  const std::vector<uint16_t> box = numbers(64 * 64, 7), before = numbers(COLUMNS * ROWS, 8);
  DeviceArray<uint16_t> tensor(before), words(box);
  const CUtensorMap map = boxes(tensor.address(), {COLUMNS, ROWS}, {64, 64});
  EXPECT_OK(run("hopper_store_box", 128, 8192, map, words.address(), 24, 10));
  const std::vector<uint16_t> after = tensor.download();
  bool same = true;
  for (int y = 0; y < ROWS; ++y)
    for (int x = 0; x < COLUMNS; ++x) {
      const bool inside = x >= 24 && y >= 10;
      const int i = y * COLUMNS + x;
      same &= after[i] == (inside ? box[(y - 10) * 64 + x - 24] : before[i]);
    }
  EXPECT(same);
}
