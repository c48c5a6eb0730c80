// The portable matrix instructions against plain products, every register of every lane; copies that wait;
// bank conflicts.
#include <cmath>
#include <cstdint>
#include <random>

#include "control.h"
#include "gpu.h"

namespace {

constexpr int ROWS = 16, COLUMNS = 8, LANES = 32;

CUfunction kernel(const char* name) {
  static CUmodule module = loadModule("test-fibers.so");
  return findFunction(module, name);
}

uint32_t bitsOf(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

// Where PTX puts element (row, k) of A: word `reg` of `lane`, the `part`-th of the word.
struct Place {
  int lane, reg, part;
};

// PTX ISA, "Matrix fragments for mma.m16n8k16" (bf16) and "for mma.m16n8k8" (tf32), as printed there:
// bf16 A: groupID = lane >> 2; row = groupID for i in {0,1,4,5}, else groupID + 8;
//         col = threadID * 2 + (i & 1) for i < 4, + 8 for i >= 4.
Place placeOfA(int row, int k, bool bf16) {
  if (!bf16) return {row % 8 * 4 + k % 4, (row >= 8 ? 1 : 0) + (k >= 4 ? 2 : 0), 0};
  const int i = (k >= 8 ? 4 : 0) + (row >= 8 ? 2 : 0) + k % 2;
  return {row % 8 * 4 + k % 8 / 2, i / 2, i % 2};
}

// bf16 B: row = threadID * 2 + (i & 1), + 8 for i >= 2; col = groupID.
Place placeOfB(int k, int column, bool bf16) {
  if (!bf16) return {column * 4 + k % 4, k >= 4 ? 1 : 0, 0};
  const int i = (k >= 8 ? 2 : 0) + k % 2;
  return {column * 4 + k % 8 / 2, i / 2, i % 2};
}

// C: row = groupID for i < 2, else groupID + 8; col = threadID * 2 + (i & 1).
Place placeOfC(int row, int column) { return {row % 8 * 4 + column / 2, (row >= 8 ? 2 : 0) + column % 2, 0}; }

void put(std::vector<uint32_t>& words, int perLane, const Place& place, float value, bool bf16) {
  uint32_t& word = words[place.lane * perLane + place.reg];
  word = bf16 ? word | bitsOf(value) >> 16 << 16 * place.part : bitsOf(value);
}

// Integers, so that every order of additions gives the same sum.
void expectProduct(const char* name, int depth, bool bf16) {
  useDevice();
  std::mt19937 random(7);
  const auto small = [&] { return static_cast<float>(static_cast<int>(random() % 31) - 15); };
  std::vector<uint32_t> a(4 * LANES), b(2 * LANES);
  std::vector<float> d(4 * LANES);
  std::vector<double> expected(4 * LANES);
  std::vector<float> left(ROWS * depth), right(depth * COLUMNS);
  for (int row = 0; row < ROWS; ++row)
    for (int k = 0; k < depth; ++k) put(a, 4, placeOfA(row, k, bf16), left[row * depth + k] = small(), bf16);
  for (int k = 0; k < depth; ++k)
    for (int column = 0; column < COLUMNS; ++column)
      put(b, 2, placeOfB(k, column, bf16), right[k * COLUMNS + column] = small(), bf16);
  for (int row = 0; row < ROWS; ++row)
    for (int column = 0; column < COLUMNS; ++column) {
      const Place place = placeOfC(row, column);
      double sum = d[place.lane * 4 + place.reg] = small();
      for (int k = 0; k < depth; ++k) sum += left[row * depth + k] * right[k * COLUMNS + column];
      expected[place.lane * 4 + place.reg] = sum;
    }
  for (int order = 0; order < 4; ++order) {
    stic_simt_set_order(order < 2 ? order : 2, order);
    DeviceArray<float> sums(d);
    DeviceArray<uint32_t> leftWords(a), rightWords(b);
    EXPECT_OK(
        launch(kernel(name), 1, LANES, nullptr, sums.address(), leftWords.address(), rightWords.address()));
    const std::vector<float> values = sums.download();
    for (int i = 0; i < 4 * LANES; ++i) EXPECT_EQUAL(values[i], expected[i]);
  }
  stic_simt_set_order(0, 0);
}

int64_t conflictsWithPitch(int pitch, int bytes) {
  DeviceArray<float> output(LANES);
  EXPECT_EQUAL(stic_simt_count_banks(1), 0);
  EXPECT_OK(launch(kernel("access_with_pitch"), 1, LANES, nullptr, output.address(), pitch, bytes));
  EXPECT_OK(cuCtxSynchronize());
  const int64_t conflicts = stic_simt_bank_conflicts("access_with_pitch");
  EXPECT_EQUAL(stic_simt_count_banks(0), 0);
  return conflicts;
}

}  // namespace

TEST(bfloat16ProductsHaveTheRegistersOfPtx) { expectProduct("mma_bfloat16", 16, true); }

TEST(tf32ProductsHaveTheRegistersOfPtx) { expectProduct("mma_tf32", 8, false); }

TEST(tf32IgnoresTheBitsThatTheFormatLacks) {
  useDevice();
  std::vector<uint32_t> a(4 * LANES, bitsOf(1.0f) | 0x1fff), b(2 * LANES, bitsOf(1.0f));
  DeviceArray<float> sums(std::vector<float>(4 * LANES, 0.0f));
  DeviceArray<uint32_t> left(a), right(b);
  EXPECT_OK(launch(kernel("mma_tf32"), 1, LANES, nullptr, sums.address(), left.address(), right.address()));
  for (float sum : sums.download()) EXPECT_EQUAL(sum, 8.0f);
}

TEST(matricesComeRowByRow) {
  useDevice();
  std::vector<uint32_t> rows(4 * LANES);
  for (int i = 0; i < 4 * LANES; ++i) rows[i] = 1000 + i;
  DeviceArray<uint32_t> input(rows), output(4 * LANES);
  EXPECT_OK(launch(kernel("load_matrices"), 1, LANES, nullptr, output.address(), input.address()));
  const std::vector<uint32_t> words = output.download();
  for (int lane = 0; lane < LANES; ++lane)
    for (int matrix = 0; matrix < 4; ++matrix) {
      const int row = 7 * (8 * matrix + lane / 4) % 32;
      EXPECT_EQUAL(words[4 * lane + matrix], 1000u + 4 * row + lane % 4);
    }
}

TEST(copiesHaveNotComeBeforeTheWait) {
  useDevice();
  std::vector<float> numbers(LANES);
  for (int i = 0; i < LANES; ++i) numbers[i] = 100.0f + i;
  DeviceArray<float> input(numbers), output(LANES);
  for (int waits = 0; waits < 2; ++waits) {
    EXPECT_OK(
        launch(kernel("copy_asynchronously"), 1, LANES, nullptr, output.address(), input.address(), waits));
    const std::vector<float> values = output.download();
    for (int t = 0; t < LANES; ++t) EXPECT_EQUAL(values[t], !waits ? -1.0f : t % 2 ? 0.0f : 100.0f + t);
  }
}

TEST(bankConflictsAreCounted) {
  useDevice();
  EXPECT_EQUAL(conflictsWithPitch(4, 4), 0);
  EXPECT_EQUAL(conflictsWithPitch(0, 4), 0);     // one word for all
  EXPECT_EQUAL(conflictsWithPitch(2, 4), 0);     // two lanes a word
  EXPECT_EQUAL(conflictsWithPitch(8, 4), 1);     // two words a bank
  EXPECT_EQUAL(conflictsWithPitch(128, 4), 31);  // all in one bank
  EXPECT_EQUAL(conflictsWithPitch(8, 8), 0);
  EXPECT_EQUAL(conflictsWithPitch(16, 16), 0);
  // Rows of 64 bytes without a permutation: each turn of 8 lanes finds 4 words in a bank.
  EXPECT_EQUAL(conflictsWithPitch(64, 16), 12);
}

TEST(aKernelThatTellsOfNoAccessHasNoCount) {
  useDevice();
  EXPECT_EQUAL(stic_simt_bank_conflicts("load_matrices"), -1);
  EXPECT_EQUAL(stic_simt_count_banks(2), CUDA_ERROR_INVALID_VALUE);
}
