// hopper_product.cuh: the asynchronous matrix products of a warpgroup (four warps; GPUs of capability 9.0),
// as thin wrappers with portable definitions:
//   d[64][N] (+)= a[64][16] b[16][N],  a and b bfloat16 in shared memory, d in registers.
//
// Thread t of the warpgroup, in warp w = t / 32 at lane l = t % 32, has of d
//   sums[4 j + 2 i + e]: row 16 w + 8 i + l / 4, column 8 j + 2 (l % 4) + e.
//
// A matrix in shared memory is named by a descriptor. Both kinds have rows of 128 bytes, swizzled as the
// copies of hopper_copy.cuh write them, with begins at multiples of 1024 bytes:
//   depth in rows    a row holds 64 neighbours in depth of one row of a (column of b); 8 of them are 1024
//   bytes.
//                    The product of depths 16 s.. begins 32 s bytes later.
//   depth over rows  (transposed) a row holds 64 rows of a (columns of b) at one depth; further ones stand
//                    `blockBytes` later. The product of depths 16 s.. begins 2048 s bytes later.
//
// Order: fenceProducts(), products, commitProducts(), waitForProducts<n>(), which leaves n groups under way.
// On fibers a product is done when it is waited for; until then its sums are NaN (simt/device/async_units.h).
//
// Source: PTX ISA 8.5, sections 9.7.15.5.1 (fragments, matrix descriptor, strides, canonical layouts),
// 9.7.15.5.2 (wgmma.mma_async), 9.7.15.7 (wgmma.fence, commit_group, wait_group).
#pragma once
#include "hopper_barrier.cuh"

#if SIMT_HOPPER
namespace hopper {

constexpr int PRODUCT_ROWS = 64, PRODUCT_DEPTH = 16;
constexpr int DEPTH_IN_ROWS_STEP = 32, DEPTH_OVER_ROWS_STEP = 2048;

// The descriptor of a matrix at an address of the shared window: address, leading and stride offsets in units
// of 16 bytes, and the 128-byte swizzle.
__device__ __forceinline__ uint64_t descriptor(unsigned address, int leadingBytes, int strideBytes) {
  return (uint64_t)(address >> 4 & 0x3fff) | (uint64_t)(leadingBytes >> 4 & 0x3fff) << 16 |
         (uint64_t)(strideBytes >> 4 & 0x3fff) << 32 | (uint64_t)1 << 62;
}

__device__ __forceinline__ unsigned productAddress(const void* matrix) {
#if SIMT_GPU
  return sharedAddress(matrix);
#else
  return simt::AsyncUnits::offsetOf(matrix, 16, "a product's matrix is not in dynamic shared memory");
#endif
}

__device__ __forceinline__ uint64_t depthInRows(const void* matrix) {
  return descriptor(productAddress(matrix), 16, 1024);
}

__device__ __forceinline__ uint64_t depthOverRows(const void* matrix, int blockBytes) {
  return descriptor(productAddress(matrix), blockBytes, 1024);
}

// The same matrix some bytes further.
__device__ __forceinline__ uint64_t advanced(uint64_t matrix, int bytes) { return matrix + (bytes >> 4); }

#if SIMT_GPU

#define HOPPER_SUMS_8(d, i)                                                                   \
  "+f"(d[i]), "+f"(d[i + 1]), "+f"(d[i + 2]), "+f"(d[i + 3]), "+f"(d[i + 4]), "+f"(d[i + 5]), \
      "+f"(d[i + 6]), "+f"(d[i + 7])
#define HOPPER_SUMS_16(d, i) HOPPER_SUMS_8(d, i), HOPPER_SUMS_8(d, i + 8)
#define HOPPER_SUMS_32(d, i) HOPPER_SUMS_16(d, i), HOPPER_SUMS_16(d, i + 16)
#define HOPPER_PRODUCT(n, registers, a, b, flag, transposeA, transposeB, ...)                       \
  asm volatile("{\n.reg .pred keep;\nsetp.ne.b32 keep, " flag                                       \
               ", 0;\n"                                                                             \
               "wgmma.mma_async.sync.aligned.m64n" n "k16.f32.bf16.bf16 {" registers "}, " a ", " b \
               ", keep, 1, 1, " transposeA ", " transposeB ";\n}\n"                                 \
               : __VA_ARGS__                                                                        \
               : "l"(left), "l"(right), "r"((int)accumulate), "n"((int)TRANSPOSED_A),               \
                 "n"((int)TRANSPOSED_B))

// sums = left right, or sums += left right.
template <bool TRANSPOSED_A, bool TRANSPOSED_B, int COUNT>
__device__ __forceinline__ void product(float (&d)[COUNT], uint64_t left, uint64_t right, bool accumulate) {
  static_assert(COUNT == 32 || COUNT == 64 || COUNT == 80 || COUNT == 128, "64, 128, 160 or 256 columns");
  if constexpr (COUNT == 32)
    HOPPER_PRODUCT("64",
                   "%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, "
                   "%16, %17, %18, %19, %20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %30, %31",
                   "%32", "%33", "%34", "%35", "%36", HOPPER_SUMS_32(d, 0));
  else if constexpr (COUNT == 64)
    HOPPER_PRODUCT("128",
                   "%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, "
                   "%16, %17, %18, %19, %20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %30, %31, "
                   "%32, %33, %34, %35, %36, %37, %38, %39, %40, %41, %42, %43, %44, %45, %46, %47, "
                   "%48, %49, %50, %51, %52, %53, %54, %55, %56, %57, %58, %59, %60, %61, %62, %63",
                   "%64", "%65", "%66", "%67", "%68", HOPPER_SUMS_32(d, 0), HOPPER_SUMS_32(d, 32));
  else if constexpr (COUNT == 80)
    HOPPER_PRODUCT("160",
                   "%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, "
                   "%16, %17, %18, %19, %20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %30, %31, "
                   "%32, %33, %34, %35, %36, %37, %38, %39, %40, %41, %42, %43, %44, %45, %46, %47, "
                   "%48, %49, %50, %51, %52, %53, %54, %55, %56, %57, %58, %59, %60, %61, %62, %63, "
                   "%64, %65, %66, %67, %68, %69, %70, %71, %72, %73, %74, %75, %76, %77, %78, %79",
                   "%80", "%81", "%82", "%83", "%84", HOPPER_SUMS_32(d, 0), HOPPER_SUMS_32(d, 32),
                   HOPPER_SUMS_16(d, 64));
  else if constexpr (COUNT == 128)
    HOPPER_PRODUCT(
        "256",
        "%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, "
        "%16, %17, %18, %19, %20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %30, %31, "
        "%32, %33, %34, %35, %36, %37, %38, %39, %40, %41, %42, %43, %44, %45, %46, %47, "
        "%48, %49, %50, %51, %52, %53, %54, %55, %56, %57, %58, %59, %60, %61, %62, %63, "
        "%64, %65, %66, %67, %68, %69, %70, %71, %72, %73, %74, %75, %76, %77, %78, %79, "
        "%80, %81, %82, %83, %84, %85, %86, %87, %88, %89, %90, %91, %92, %93, %94, %95, "
        "%96, %97, %98, %99, %100, %101, %102, %103, %104, %105, %106, %107, %108, %109, %110, %111, "
        "%112, %113, %114, %115, %116, %117, %118, %119, %120, %121, %122, %123, %124, %125, %126, %127",
        "%128", "%129", "%130", "%131", "%132", HOPPER_SUMS_32(d, 0), HOPPER_SUMS_32(d, 32),
        HOPPER_SUMS_32(d, 64), HOPPER_SUMS_32(d, 96));
}
#undef HOPPER_PRODUCT
#undef HOPPER_SUMS_32
#undef HOPPER_SUMS_16
#undef HOPPER_SUMS_8

// The sums that the next products take are written.
__device__ __forceinline__ void fenceProducts() { asm volatile("wgmma.fence.sync.aligned;" : : : "memory"); }

__device__ __forceinline__ void commitProducts() {
  asm volatile("wgmma.commit_group.sync.aligned;" : : : "memory");
}

template <int LEFT>
__device__ __forceinline__ void waitForProducts() {
  asm volatile("wgmma.wait_group.sync.aligned %0;" : : "n"(LEFT) : "memory");
}

#else

// An element of a matrix that a descriptor names, as the units see it: number i of the rows of a or columns
// of b, at a depth.
inline float element(const uint8_t* view, uint64_t matrix, bool transposed, int i, int depth) {
  const uint32_t begin = (uint32_t)(matrix & 0x3fff) << 4, leading = (uint32_t)(matrix >> 16 & 0x3fff) << 4,
                 stride = (uint32_t)(matrix >> 32 & 0x3fff) << 4;
  const uint32_t address = transposed
                               ? begin + i / 64 * leading + depth / 8 * stride + depth % 8 * 128 + i % 64 * 2
                               : begin + i / 8 * stride + i % 8 * 128 + depth * 2;
  const uint8_t* bytes = view + simt::swizzled(address, 8);
  return __uint_as_float((uint32_t)(bytes[0] | bytes[1] << 8) << 16);
}

// The calling thread's part of one product.
inline void performProduct(const uint8_t* view, const simt::PendingProduct& product, float* sums, int count) {
  const int thread = threadIdx.x % 128, lane = thread % 32, row = thread / 32 * 16 + lane / 4;
  float a[2][PRODUCT_DEPTH], b[PRODUCT_DEPTH];
  for (int k = 0; k < PRODUCT_DEPTH; ++k)
    for (int i = 0; i < 2; ++i) a[i][k] = element(view, product.a, product.transposedA, row + 8 * i, k);
  for (int j = 0; j < count / 4; ++j)
    for (int e = 0; e < 2; ++e) {
      const int column = 8 * j + lane % 4 * 2 + e;
      for (int k = 0; k < PRODUCT_DEPTH; ++k) b[k] = element(view, product.b, product.transposedB, column, k);
      for (int i = 0; i < 2; ++i) {
        float sum = product.accumulate ? sums[4 * j + 2 * i + e] : 0.0f;
        for (int k = 0; k < PRODUCT_DEPTH; ++k) sum += a[i][k] * b[k];
        sums[4 * j + 2 * i + e] = sum;
      }
    }
}

inline simt::ProductQueue& myProducts() {
  if (threadIdx.x >= simt::AsyncUnits::MOST_THREADS)
    simt_fail("products are for blocks of at most 512 threads");
  return simt::AsyncUnits::mine().queues[threadIdx.x];
}

template <bool TRANSPOSED_A, bool TRANSPOSED_B, int COUNT>
inline void product(float (&d)[COUNT], uint64_t left, uint64_t right, bool accumulate) {
  static_assert(COUNT % 4 == 0 && COUNT <= simt::ProductQueue::MOST_SUMS, "8 to 256 columns");
  simt::ProductQueue& queue = myProducts();
  if (!queue.fenced) simt_fail("a product is not behind fenceProducts()");
  if ((left >> 62) != 1 || (right >> 62) != 1) simt_fail("a product's matrix is not swizzled over 128 bytes");
  if (queue.count == simt::ProductQueue::MOST) simt_fail("more than 16 products of a thread are under way");
  if (queue.count && queue.target != d) simt_fail("products on two sets of sums are under way");
  if (!queue.count) {
    memcpy(queue.values, d, sizeof d);
    memset(d, simt::AsyncUnits::POISON, sizeof d);
  }
  queue.target = d;
  queue.sums = COUNT;
  queue.products[queue.count++] = {left, right, TRANSPOSED_A, TRANSPOSED_B, accumulate};
}

inline void fenceProducts() { myProducts().fenced = true; }

inline void commitProducts() {
  simt::ProductQueue& queue = myProducts();
  queue.fenced = false;
  if (queue.groups == simt::ProductQueue::MOST) simt_fail("more than 16 groups of products are under way");
  queue.groupEnds[queue.groups++] = queue.count;
}

// Does the oldest groups, all but so many.
inline void performProducts(simt::ProductQueue& queue, int left) {
  if (queue.groups <= left) return;
  const int done = queue.groups - left, products = queue.groupEnds[done - 1];
  const uint8_t* view = simt::AsyncUnits::mine().view();
  for (int i = 0; i < products; ++i) performProduct(view, queue.products[i], queue.values, queue.sums);
  queue.count -= products;
  memmove(queue.products, queue.products + products, sizeof(simt::PendingProduct) * queue.count);
  queue.groups -= done;
  for (int g = 0; g < queue.groups; ++g) queue.groupEnds[g] = queue.groupEnds[g + done] - products;
  if (products && !queue.count) memcpy(queue.target, queue.values, sizeof(float) * queue.sums);
}

// A whole warp waits: no lane goes on while another's products still read shared memory.
template <int LEFT>
inline void waitForProducts() {
  performProducts(myProducts(), LEFT);
  __syncwarp();
}

#endif
}  // namespace hopper
#endif
