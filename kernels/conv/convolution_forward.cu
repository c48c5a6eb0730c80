// convolution_forward.cu:
// y[n][k][p][q] = f(bias[k] + addend[n][k][p][q]
//                   + sum_{c,r,s} x[n][c][p stride + r - padding][q stride + s - padding] w[k][c][r][s]),
// f(v) = v, or slope v where v < 0: a slope of 1 is no activation, 0 is ReLU, 0.2 LeakyReLU.
//
// Shapes: y [images][filters][P][Q], x [images][channels][height][width], bias [filters] or null,
// addend as y, or null; w [filters][channels][filterHeight][filterWidth];
// P = (height + 2 padding - filterHeight) / stride + 1, Q alike; x is 0 outside the image.
//
// Bytes 4 (|y| + |x| + |w| + filters + |addend|), FLOPs 2 |y| channels filterHeight filterWidth.
//
// Bias, residual and activation belong to the sums that are about to be stored: a pass of their own over a
// feature map of a narrow network costs a good part of its convolution.
//
// An implicit matrix product: rows are filters, columns the pixels of all images, depth the taps. Pixels are
// counted over images because maps are small: a tile of columns spans several of them.
//
// Geometry: x = pixels, y = filters. GPU: 64 x 128 x 8 tiles, 8 x 4 sums per thread. Fat: all of up to 132
// filters over 128 pixels, so that a patch is packed once; 144 is the depth of 16 channels of 3 x 3 taps and
// of 9 of 4 x 4. Filters of 3 x 3 with stride 1 go by winograd.cuh there.
//
// Deterministic: every sum runs over ascending (c, r, s).
//
// Source: Chetlur et al., "cuDNN: Efficient Primitives for Deep Learning", 2014 (implicit product).
#include "convolution.cuh"
#include "winograd.cuh"

namespace convolution_forward_kernel {
#if SIMT_FAT
using Shape = Tile<132, 128, 144, simd::TILE_ROWS, simd::TILE_COLUMNS>;
#else
using Shape = Tile<64, 128, 8, 8, 4>;
#endif
}  // namespace convolution_forward_kernel

extern "C" __global__ void __launch_bounds__(convolution_forward_kernel::Shape::THREADS)
    convolution_forward(float* output, const float* input, const float* filter, const float* bias,
                        const float* addend, int images, int channels, int height, int width, int filters,
                        int filterHeight, int filterWidth, int stride, int padding, float slope) {
  using Shape = convolution_forward_kernel::Shape;
  const Convolution c{images, channels, height, width, filters, filterHeight, filterWidth, stride, padding};
  const int rows = c.rows(), columns = c.columns(), depth = c.taps();
  const MatrixOperand<true> left{filter, depth, filters, depth};
  const Patches patches(input, c.patches(), images);
  const ActivatedOutput result{{output, filters, rows, columns, rows, columns, 1, 0, 0}, bias, addend, slope};
  const Region region = blockRegion<Shape>(filters, images * rows * columns, 0, depth);
#if SIMT_FAT
  if (Winograd::multiply(region, {filter, depth, 9, false}, patches, result)) return;
#endif
  PatchColumns right{patches};
  multiply<Shape>(region, left, right, result);
}
SIMT_KERNEL(convolution_forward, convolution_forward_kernel::Shape::THREADS,
            convolution_forward_kernel::Shape::COLUMNS, convolution_forward_kernel::Shape::ROWS, 1)
