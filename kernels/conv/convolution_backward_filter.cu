// convolution_backward_filter.cu: the gradient of convolution_forward by its filter,
//   dw[k][c][r][s] = sum_{n,p,q} dy[n][k][p][q] x[n][c][p stride + r - padding][q stride + s - padding]
//
// Shapes as in convolution_forward.cu. The sum over all pixels is long and dw small, so it is split:
//
//   convolution_backward_filter:      partial[z] = the part of the z-th pixelsPerSplit pixels
//
//   convolution_backward_filter_sum:  dw = partial[0] + partial[1] + ..
//
// Bytes 4 (|dw| + |dy| + |x|), FLOPs 2 |dy| channels filterHeight filterWidth; what the split adds is its own
// affair.
//
// The product is computed transposed, taps x filters: then the patches are the left operand and are packed as
// they lie in memory, and only dy, which is smaller, is transposed.
//
// Geometry: x = filters, y = taps (c, r, s), z = splits; of the second kernel x = |dw|. GPU: 64 x 64 x 16
// tiles, because dw is small. Fat: 144 taps, so that a transposed dy serves many.
//
// Deterministic: a split runs over ascending pixels, the second kernel over ascending splits, and the number
// of splits depends on the shape only.
//
// Source: Chetlur et al., "cuDNN: Efficient Primitives for Deep Learning", 2014; split-k as in CUTLASS.
#include "filter_gradient.cuh"

namespace convolution_backward_filter_kernel {
#if SIMT_FAT
using Shape = Tile<144, 64, 256, simd::TILE_ROWS, simd::TILE_COLUMNS>;
#else
using Shape = Tile<64, 64, 16, 4, 4>;
#endif
constexpr int SUM_THREADS = SIMT_FAT ? 1 : 256, SUM_TILE = SIMT_FAT ? 4096 : 256;
}  // namespace convolution_backward_filter_kernel

extern "C" __global__ void __launch_bounds__(convolution_backward_filter_kernel::Shape::THREADS)
    convolution_backward_filter(float* partial, const float* outputGradient, const float* input, int images,
                                int channels, int height, int width, int filters, int filterHeight,
                                int filterWidth, int stride, int padding, int pixelsPerSplit) {
  using namespace convolution_backward_filter_kernel;
  const Convolution c{images, channels, height, width, filters, filterHeight, filterWidth, stride, padding};
  const int plane = c.rows() * c.columns(), pixels = images * plane, taps = c.taps();
  const int begin = blockIdx.z * pixelsPerSplit, end = min(pixels, begin + pixelsPerSplit);
  PatchRows left{Patches(input, c.patches(), images)};
  const PlaneOperand right{outputGradient, filters, pixels, Divisor(plane)};
  const MatrixOutput<> result{partial + (long long)blockIdx.z * filters * taps, 1, taps, 1.0f};
  multiply<Shape>(blockRegion<Shape>(taps, filters, begin, end), left, right, result);
}
SIMT_KERNEL(convolution_backward_filter, convolution_backward_filter_kernel::Shape::THREADS,
            convolution_backward_filter_kernel::Shape::COLUMNS,
            convolution_backward_filter_kernel::Shape::ROWS, 1)

extern "C" __global__ void __launch_bounds__(convolution_backward_filter_kernel::SUM_THREADS)
    convolution_backward_filter_sum(float* filterGradient, const float* partial, int elements, int splits) {
  using namespace convolution_backward_filter_kernel;
  const int begin = blockIdx.x * SUM_TILE, end = min(elements, begin + SUM_TILE);
  SIMT_TILE_LOOP(i, begin, end) filterGradient[i] = partial[i];
  for (int split = 1; split < splits; ++split)
    SIMT_TILE_LOOP(i, begin, end) filterGradient[i] += partial[(long long)split * elements + i];
}
SIMT_KERNEL(convolution_backward_filter_sum, convolution_backward_filter_kernel::SUM_THREADS,
            convolution_backward_filter_kernel::SUM_TILE, 1, 1)
