// convolution_backward_data.cu: the gradient of convolution_forward by its input,
// dx[n][c][h][w] = sum_{k,r,s} dy[n][k][(h + padding - r) / stride][(w + padding - s) / stride] w[k][c][r][s]
// over the taps for which both divisions leave no remainder.
//
// Shapes as in convolution_forward.cu; every element of dx is written.
//
// Bytes 4 (|dx| + |dy| + |w|), FLOPs 2 |dy| channels filterHeight filterWidth.
//
// Pixels whose (h + padding) mod stride and (w + padding) mod stride agree meet the same taps. Each of these
// stride^2 classes is a dense product of its own (a stride-1 convolution of dy with every stride-th tap), so
// no zero is multiplied.
//
// Geometry: x = pixels of the largest class over all images, y = channels, z = classes; blocks are counted so
// that the classes of the same pixels, whose results share cache lines, come one after the other. GPU: tiles
// as in convolution_forward.cu. Fat: twice as many pixels as there, because gathering the filter costs more;
// filters of 3 x 3 with stride 1 by winograd.cuh.
//
// Deterministic: every sum runs over ascending (k, r, s).
//
// Source: Shi et al., "Is the deconvolution layer the same as a convolutional layer?", 2016.
#include "convolution.cuh"
#include "few_rows.cuh"
#include "residue_class.cuh"
#include "winograd.cuh"

namespace convolution_backward_data_kernel {
#if SIMT_FAT
using Shape = Tile<132, 256, 144, simd::TILE_ROWS, simd::TILE_COLUMNS>;
#else
using Shape = Tile<64, 128, 8, 8, 4>;
#endif
}  // namespace convolution_backward_data_kernel

extern "C" __global__ void __launch_bounds__(convolution_backward_data_kernel::Shape::THREADS)
    convolution_backward_data(float* inputGradient, const float* outputGradient, const float* filter,
                              int images, int channels, int height, int width, int filters, int filterHeight,
                              int filterWidth, int stride, int padding) {
  using namespace convolution_backward_data_kernel;
  const Convolution c{images, channels, height, width, filters, filterHeight, filterWidth, stride, padding};
  const int block = blockIdx.z * gridDim.x + blockIdx.x, residue = block % gridDim.z;
  const ClassAxis vertical(residue / stride, height, filterHeight, stride, padding);
  const ClassAxis horizontal(residue % stride, width, filterWidth, stride, padding);
  const int pixels = images * vertical.count * horizontal.count;
  const int depth = filters * vertical.taps * horizontal.taps;
  const Region region = blockRegion<Shape>(channels, pixels, 0, depth, block / gridDim.z);
  if (region.columns <= 0) return;  // this class has fewer pixels than the largest one
  const FilterClassOperand left{filter,
                                channels,
                                depth,
                                filterHeight,
                                filterWidth,
                                stride,
                                vertical.remainder,
                                horizontal.remainder,
                                Divisor(max(1, vertical.taps * horizontal.taps)),
                                Divisor(max(1, horizontal.taps))};
  const PatchGeometry geometry{
      filters,          c.rows(), c.columns(), vertical.taps,        horizontal.taps,       vertical.count,
      horizontal.count, 1,        -1,          vertical.firstOutput, horizontal.firstOutput};
  const Patches patches(outputGradient, geometry, images);
  const ImageOutput result{inputGradient, channels,        height,
                           width,         vertical.count,  horizontal.count,
                           stride,        vertical.origin, horizontal.origin};
#if SIMT_FAT
  if (Winograd::multiply(region, {filter, 9, (long long)channels * 9, true}, patches, result)) return;
#endif
  PatchColumns right{patches};
#if SIMT_FAT
  if (FewRows::multiply<Shape>(region, left, right, result)) return;
#endif
  multiply<Shape>(region, left, right, result);
}
SIMT_KERNEL(convolution_backward_data, convolution_backward_data_kernel::Shape::THREADS,
            convolution_backward_data_kernel::Shape::COLUMNS, convolution_backward_data_kernel::Shape::ROWS,
            1)
