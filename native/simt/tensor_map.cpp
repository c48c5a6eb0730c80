// cuTensorMapEncodeTiled and cuTensorMapEncodeIm2col: every rule that CUDA documents for them is checked
// here, because a real driver refuses some mistakes only with an error number and a GPU answers others with
// a fault far from their cause.
//
// Source: CUDA Driver API, "Tensor Map Object Management". The order of an im2col box's corners is that of
// the other arrays, innermost first (W, H, D), as in CUTLASS (cute/atom/copy_traits_sm90_im2col.hpp).
#include "device/tensor_map.h"

#include <cstdio>
#include <cstring>

#include "context.h"
#include "cuda_api.h"
#include "failure.h"

using namespace simt;

namespace {

constexpr uint64_t MOST_ELEMENTS = uint64_t{1} << 32;
constexpr uint64_t MOST_STRIDE = uint64_t{1} << 40;

struct Request {
  const char* function;
  CUtensorMap* map;
  CUtensorMapDataType type;
  uint32_t rank;
  const void* address;
  const uint64_t* sizes;
  const uint64_t* strides;
  const uint32_t* steps;
  CUtensorMapInterleave interleave;
  CUtensorMapSwizzle swizzle;
  CUtensorMapL2promotion promotion;
  CUtensorMapFloatOOBfill fill;

  template <class... Values>
  CUresult refuse(const char* format, Values... values) const {
    char sentence[256];
    snprintf(sentence, sizeof sentence, format, values...);
    return fail(CUDA_ERROR_INVALID_VALUE, "%s: %s", function, sentence);
  }
};

// 0 for a type that is unknown.
unsigned elementBytes(CUtensorMapDataType type) {
  switch (type) {
    case CU_TENSOR_MAP_DATA_TYPE_UINT8:
      return 1;
    case CU_TENSOR_MAP_DATA_TYPE_UINT16:
    case CU_TENSOR_MAP_DATA_TYPE_FLOAT16:
    case CU_TENSOR_MAP_DATA_TYPE_BFLOAT16:
      return 2;
    case CU_TENSOR_MAP_DATA_TYPE_UINT32:
    case CU_TENSOR_MAP_DATA_TYPE_INT32:
    case CU_TENSOR_MAP_DATA_TYPE_FLOAT32:
      return 4;
    case CU_TENSOR_MAP_DATA_TYPE_UINT64:
    case CU_TENSOR_MAP_DATA_TYPE_INT64:
    case CU_TENSOR_MAP_DATA_TYPE_FLOAT64:
      return 8;
  }
  return 0;
}

bool isFloat(CUtensorMapDataType type) {
  return type >= CU_TENSOR_MAP_DATA_TYPE_FLOAT16 && type <= CU_TENSOR_MAP_DATA_TYPE_BFLOAT16;
}

CUresult checkKinds(const Request& r) {
  if (!r.map || reinterpret_cast<uintptr_t>(r.map) % 64)
    return r.refuse("the tensor map at %p is not aligned to 64 bytes", static_cast<void*>(r.map));
  if (!elementBytes(r.type)) return r.refuse("data type %d is unknown", r.type);
  if (r.interleave != CU_TENSOR_MAP_INTERLEAVE_NONE)
    return fail(CUDA_ERROR_NOT_SUPPORTED, "%s: the CPU's driver has no interleaved layouts", r.function);
  if (r.swizzle < CU_TENSOR_MAP_SWIZZLE_NONE || r.swizzle > CU_TENSOR_MAP_SWIZZLE_128B)
    return r.refuse("swizzle %d is none of 0 to 3", r.swizzle);
  if (r.promotion < CU_TENSOR_MAP_L2_PROMOTION_NONE || r.promotion > CU_TENSOR_MAP_L2_PROMOTION_L2_256B)
    return r.refuse("L2 promotion %d is none of 0 to 3", r.promotion);
  if (r.fill != CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE &&
      (r.fill != CU_TENSOR_MAP_FLOAT_OOB_FILL_NAN_REQUEST_ZERO_FMA || !isFloat(r.type)))
    return r.refuse("fill %d is not for data type %d", r.fill, r.type);
  return CUDA_SUCCESS;
}

CUresult checkTensor(const Request& r, uint32_t leastRank) {
  if (r.rank < leastRank || r.rank > TensorMap::MOST_DIMENSIONS)
    return r.refuse("rank %u is not from %u to 5", r.rank, leastRank);
  if (!r.address || reinterpret_cast<uintptr_t>(r.address) % 16)
    return r.refuse("the tensor's address %p is not aligned to 16 bytes", r.address);
  if (!r.sizes || !r.steps || (r.rank > 1 && !r.strides)) return r.refuse("an array is missing");
  uint64_t extent = r.sizes[0] * elementBytes(r.type);
  for (uint32_t d = 0; d < r.rank; ++d) {
    const auto size = static_cast<unsigned long long>(r.sizes[d]);
    if (size < 1 || size > MOST_ELEMENTS) return r.refuse("size %u of %llu is not from 1 to 2^32", d, size);
    if (d > 0 && (r.steps[d] < 1 || r.steps[d] > 8))
      return r.refuse("element stride %u of %u is not from 1 to 8", d, r.steps[d]);
    if (d == 0) continue;
    const auto stride = static_cast<unsigned long long>(r.strides[d - 1]);
    if (stride % 16 || stride >= MOST_STRIDE)
      return r.refuse("stride %u of %llu bytes is no multiple of 16 below 2^40", d - 1, stride);
    if (stride < extent)
      return r.refuse("stride %u of %llu bytes overlaps the dimension inside", d - 1, stride);
    extent = stride * size;
  }
  return CUDA_SUCCESS;
}

// The bytes that lie beside each other in shared memory.
CUresult checkInner(const Request& r, uint64_t elements) {
  const auto bytes = static_cast<unsigned long long>(elements * elementBytes(r.type));
  if (bytes % 16) return r.refuse("the box's inner %llu bytes are no multiple of 16", bytes);
  const unsigned span = 16u << r.swizzle;
  if (r.swizzle != CU_TENSOR_MAP_SWIZZLE_NONE && bytes > span)
    return r.refuse("the box's inner %llu bytes are more than the swizzle's %u", bytes, span);
  return CUDA_SUCCESS;
}

TensorMap describe(const Request& r) {
  TensorMap map = {};
  map.magic = TensorMap::MAGIC;
  map.rank = static_cast<uint8_t>(r.rank);
  map.elementBytes = static_cast<uint8_t>(elementBytes(r.type));
  map.swizzleSpan = static_cast<uint8_t>(1u << r.swizzle);
  map.address = reinterpret_cast<uintptr_t>(r.address);
  map.nanFill = r.fill != CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE;
  for (uint32_t d = 0; d < r.rank; ++d) {
    map.lastIndex[d] = static_cast<uint32_t>(r.sizes[d] - 1);
    map.steps[d] = d ? static_cast<uint8_t>(r.steps[d]) : 1;  // dimension 0 has no step
    if (d) map.strides[d - 1] = r.strides[d - 1];
  }
  return map;
}

// A corner's range depends on how many of them share its bits.
int mostCorner(uint32_t rank) { return rank == 3 ? 32767 : rank == 4 ? 127 : 15; }

CUresult checkCorners(const Request& r, const int* lower, const int* upper) {
  if (!lower || !upper) return r.refuse("a corner is missing");
  const int most = mostCorner(r.rank);
  for (uint32_t d = 0; d < r.rank - 2; ++d) {
    if (lower[d] < -most - 1 || lower[d] > most || upper[d] < -most - 1 || upper[d] > most)
      return r.refuse("corners %d and %d are not from %d to %d", lower[d], upper[d], -most - 1, most);
    if (static_cast<int64_t>(r.sizes[d + 1]) + upper[d] - lower[d] < 1)
      return r.refuse("the box from %d to %d beyond the size is empty", lower[d], upper[d]);
  }
  return CUDA_SUCCESS;
}

}  // namespace

CUresult cuTensorMapEncodeTiled(CUtensorMap* map, CUtensorMapDataType type, uint32_t rank, void* address,
                                const uint64_t* sizes, const uint64_t* strides, const uint32_t* box,
                                const uint32_t* steps, CUtensorMapInterleave interleave,
                                CUtensorMapSwizzle swizzle, CUtensorMapL2promotion promotion,
                                CUtensorMapFloatOOBfill fill) {
  if (CUresult error = enter(__func__)) return error;
  const Request r{__func__, map,   type,       rank,    address,   sizes,
                  strides,  steps, interleave, swizzle, promotion, fill};
  if (CUresult error = checkKinds(r)) return error;
  if (CUresult error = checkTensor(r, 1)) return error;
  if (!box) return r.refuse("the box is missing");
  for (uint32_t d = 0; d < rank; ++d)
    if (box[d] < 1 || box[d] > 256) return r.refuse("box size %u of %u is not from 1 to 256", d, box[d]);
  if (CUresult error = checkInner(r, box[0])) return error;
  TensorMap description = describe(r);
  for (uint32_t d = 0; d < rank; ++d) description.box[d] = static_cast<uint16_t>(box[d]);
  memcpy(map, &description, sizeof description);
  return CUDA_SUCCESS;
}

CUresult cuTensorMapEncodeIm2col(CUtensorMap* map, CUtensorMapDataType type, uint32_t rank, void* address,
                                 const uint64_t* sizes, const uint64_t* strides, const int* lowerCorner,
                                 const int* upperCorner, uint32_t channels, uint32_t pixels,
                                 const uint32_t* steps, CUtensorMapInterleave interleave,
                                 CUtensorMapSwizzle swizzle, CUtensorMapL2promotion promotion,
                                 CUtensorMapFloatOOBfill fill) {
  if (CUresult error = enter(__func__)) return error;
  const Request r{__func__, map,   type,       rank,    address,   sizes,
                  strides,  steps, interleave, swizzle, promotion, fill};
  if (CUresult error = checkKinds(r)) return error;
  if (CUresult error = checkTensor(r, 3)) return error;
  if (CUresult error = checkCorners(r, lowerCorner, upperCorner)) return error;
  if (channels < 1 || channels > 256)
    return r.refuse("%u channels per pixel are not from 1 to 256", channels);
  if (pixels < 1 || pixels > 1024) return r.refuse("%u pixels per column are not from 1 to 1024", pixels);
  if (CUresult error = checkInner(r, channels)) return error;
  TensorMap description = describe(r);
  description.im2col = 1;
  description.box[0] = static_cast<uint16_t>(channels);
  description.box[1] = static_cast<uint16_t>(pixels);
  for (uint32_t d = 0; d < rank - 2; ++d) {
    description.lowerCorner[d] = static_cast<int16_t>(lowerCorner[d]);
    description.upperCorner[d] = static_cast<int16_t>(upperCorner[d]);
  }
  memcpy(map, &description, sizeof description);
  return CUDA_SUCCESS;
}
