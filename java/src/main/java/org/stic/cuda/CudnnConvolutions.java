package org.stic.cuda;

import static jcuda.jcudnn.cudnnConvolutionMode.CUDNN_CROSS_CORRELATION;
import static jcuda.jcudnn.cudnnDataType.CUDNN_DATA_FLOAT;
import static jcuda.jcudnn.cudnnMathType.CUDNN_FMA_MATH;
import static jcuda.jcudnn.cudnnNanPropagation.CUDNN_PROPAGATE_NAN;
import static jcuda.jcudnn.cudnnOpTensorOp.CUDNN_OP_TENSOR_MAX;
import static jcuda.jcudnn.cudnnTensorFormat.CUDNN_TENSOR_NCHW;

import java.util.HashMap;
import java.util.Map;
import jcuda.Pointer;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnOpTensorDescriptor;
import jcuda.jcudnn.cudnnTensorDescriptor;
import jcuda.runtime.cudaStream_t;
import org.stic.cuda.VendorTask.ConvolutionBackwardData;
import org.stic.cuda.VendorTask.ConvolutionBackwardFilter;
import org.stic.cuda.VendorTask.ConvolutionForward;
import org.stic.cuda.VendorTask.Sizes;

/**
 * Convolutions by cuDNN 9 through JCudnn, in single precision without TF32 and by algorithms that
 * give the same bits each time.
 */
final class CudnnConvolutions implements AutoCloseable {
  static final String LIBRARY = "libcudnn.so.9";

  private final cudnnHandle handle = new cudnnHandle();
  private final DeviceMemory workspace;
  private final Map<Sizes, Descriptors> descriptors = new HashMap<>();
  private final cudnnOpTensorDescriptor maximum = new cudnnOpTensorDescriptor();
  private final Pointer one = Pointer.to(new float[] {1});
  private final Pointer zero = Pointer.to(new float[] {0});
  private long stream;

  /** What cuDNN calls the tensors of a convolution. */
  private record Descriptors(
      cudnnTensorDescriptor input,
      cudnnTensorDescriptor output,
      cudnnTensorDescriptor bias,
      cudnnFilterDescriptor filter,
      cudnnConvolutionDescriptor convolution) {}

  /**
   * Starts the library, which is loaded already.
   *
   * @param workspace scratch memory of all convolutions, which follow each other in one stream
   */
  CudnnConvolutions(DeviceMemory workspace) {
    this.workspace = workspace;
    check(JCudnn.cudnnCreate(handle), "cudnnCreate");
    check(JCudnn.cudnnCreateOpTensorDescriptor(maximum), "cudnnCreateOpTensorDescriptor");
    check(
        JCudnn.cudnnSetOpTensorDescriptor(
            maximum, CUDNN_OP_TENSOR_MAX, CUDNN_DATA_FLOAT, CUDNN_PROPAGATE_NAN),
        "cudnnSetOpTensorDescriptor");
  }

  long version() {
    return JCudnn.cudnnGetVersion();
  }

  DeviceWork forward(ConvolutionForward task) {
    Descriptors shape = describe(task.sizes());
    int algorithm =
        CudnnAlgorithm.forward(
            handle,
            shape.input(),
            shape.filter(),
            shape.convolution(),
            shape.output(),
            workspace.bytes());
    Pointer slope = Pointer.to(new float[] {task.slope()});
    return target -> {
      use(target);
      check(
          JCudnn.cudnnConvolutionForward(
              handle,
              one,
              shape.input(),
              Handles.host(task.input()),
              shape.filter(),
              Handles.host(task.filter()),
              shape.convolution(),
              algorithm,
              Handles.host(workspace.address()),
              workspace.bytes(),
              zero,
              shape.output(),
              Handles.host(task.output())),
          "cudnnConvolutionForward");
      if (task.bias() != 0) {
        add(shape.bias(), task.bias(), shape.output(), task.output());
      }
      if (task.addend() != 0) {
        add(shape.output(), task.addend(), shape.output(), task.output());
      }
      if (task.slope() != 1) {
        bend(shape.output(), Handles.host(task.output()), slope);
      }
    };
  }

  DeviceWork backwardData(ConvolutionBackwardData task) {
    Descriptors shape = describe(task.sizes());
    int algorithm =
        CudnnAlgorithm.backwardData(
            handle,
            shape.filter(),
            shape.output(),
            shape.convolution(),
            shape.input(),
            workspace.bytes());
    return target -> {
      use(target);
      check(
          JCudnn.cudnnConvolutionBackwardData(
              handle,
              one,
              shape.filter(),
              Handles.host(task.filter()),
              shape.output(),
              Handles.host(task.outputGradient()),
              shape.convolution(),
              algorithm,
              Handles.host(workspace.address()),
              workspace.bytes(),
              zero,
              shape.input(),
              Handles.host(task.inputGradient())),
          "cudnnConvolutionBackwardData");
    };
  }

  DeviceWork backwardFilter(ConvolutionBackwardFilter task) {
    Descriptors shape = describe(task.sizes());
    int algorithm =
        CudnnAlgorithm.backwardFilter(
            handle,
            shape.input(),
            shape.output(),
            shape.convolution(),
            shape.filter(),
            workspace.bytes());
    return target -> {
      use(target);
      check(
          JCudnn.cudnnConvolutionBackwardFilter(
              handle,
              one,
              shape.input(),
              Handles.host(task.input()),
              shape.output(),
              Handles.host(task.outputGradient()),
              shape.convolution(),
              algorithm,
              Handles.host(workspace.address()),
              workspace.bytes(),
              zero,
              shape.filter(),
              Handles.host(task.filterGradient())),
          "cudnnConvolutionBackwardFilter");
    };
  }

  /** {@code output += addend}, which is broadcast where its descriptor says 1. */
  private void add(
      cudnnTensorDescriptor addendShape,
      long addend,
      cudnnTensorDescriptor outputShape,
      long output) {
    check(
        JCudnn.cudnnAddTensor(
            handle, one, addendShape, Handles.host(addend), one, outputShape, Handles.host(output)),
        "cudnnAddTensor");
  }

  /** {@code v = max(v, slope v)}, which is the piecewise linear function for slopes up to 1. */
  private void bend(cudnnTensorDescriptor shape, Pointer output, Pointer slope) {
    check(
        JCudnn.cudnnOpTensor(
            handle, maximum, one, shape, output, slope, shape, output, zero, shape, output),
        "cudnnOpTensor");
  }

  private void use(Stream target) {
    if (stream != target.handle()) {
      stream = target.handle();
      check(
          JCudnn.cudnnSetStream(handle, Handles.wrap(new cudaStream_t(), stream)),
          "cudnnSetStream");
    }
  }

  private Descriptors describe(Sizes sizes) {
    return descriptors.computeIfAbsent(
        sizes,
        _ ->
            new Descriptors(
                tensor(sizes.images(), sizes.channels(), sizes.height(), sizes.width()),
                tensor(sizes.images(), sizes.filters(), sizes.outputHeight(), sizes.outputWidth()),
                tensor(1, sizes.filters(), 1, 1),
                filter(sizes),
                convolution(sizes)));
  }

  private static cudnnTensorDescriptor tensor(int n, int c, int h, int w) {
    cudnnTensorDescriptor tensor = new cudnnTensorDescriptor();
    check(JCudnn.cudnnCreateTensorDescriptor(tensor), "cudnnCreateTensorDescriptor");
    check(
        JCudnn.cudnnSetTensor4dDescriptor(tensor, CUDNN_TENSOR_NCHW, CUDNN_DATA_FLOAT, n, c, h, w),
        "cudnnSetTensor4dDescriptor");
    return tensor;
  }

  private static cudnnFilterDescriptor filter(Sizes sizes) {
    cudnnFilterDescriptor filter = new cudnnFilterDescriptor();
    check(JCudnn.cudnnCreateFilterDescriptor(filter), "cudnnCreateFilterDescriptor");
    check(
        JCudnn.cudnnSetFilter4dDescriptor(
            filter,
            CUDNN_DATA_FLOAT,
            CUDNN_TENSOR_NCHW,
            sizes.filters(),
            sizes.channels(),
            sizes.filterHeight(),
            sizes.filterWidth()),
        "cudnnSetFilter4dDescriptor");
    return filter;
  }

  private static cudnnConvolutionDescriptor convolution(Sizes sizes) {
    cudnnConvolutionDescriptor convolution = new cudnnConvolutionDescriptor();
    check(JCudnn.cudnnCreateConvolutionDescriptor(convolution), "cudnnCreateConvolutionDescriptor");
    check(
        JCudnn.cudnnSetConvolution2dDescriptor(
            convolution,
            sizes.padding(),
            sizes.padding(),
            sizes.stride(),
            sizes.stride(),
            1,
            1,
            CUDNN_CROSS_CORRELATION,
            CUDNN_DATA_FLOAT),
        "cudnnSetConvolution2dDescriptor");
    check(
        JCudnn.cudnnSetConvolutionMathType(convolution, CUDNN_FMA_MATH),
        "cudnnSetConvolutionMathType");
    return convolution;
  }

  @Override
  public void close() {
    for (Descriptors shape : descriptors.values()) {
      check(JCudnn.cudnnDestroyConvolutionDescriptor(shape.convolution()), "cudnnDestroy");
      check(JCudnn.cudnnDestroyFilterDescriptor(shape.filter()), "cudnnDestroy");
      check(JCudnn.cudnnDestroyTensorDescriptor(shape.bias()), "cudnnDestroy");
      check(JCudnn.cudnnDestroyTensorDescriptor(shape.output()), "cudnnDestroy");
      check(JCudnn.cudnnDestroyTensorDescriptor(shape.input()), "cudnnDestroy");
    }
    check(JCudnn.cudnnDestroyOpTensorDescriptor(maximum), "cudnnDestroy");
    check(JCudnn.cudnnDestroy(handle), "cudnnDestroy");
  }

  private static void check(int code, String function) {
    VendorException.check(code, function, "cuDNN");
  }
}
