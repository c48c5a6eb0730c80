package org.stic.cuda;

import static jcuda.jcudnn.cudnnDeterminism.CUDNN_DETERMINISTIC;
import static jcuda.jcudnn.cudnnMathType.CUDNN_DEFAULT_MATH;
import static jcuda.jcudnn.cudnnMathType.CUDNN_FMA_MATH;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionBwdFilterAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionFwdAlgoPerf;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnTensorDescriptor;

/**
 * What cuDNN's heuristics say of one algorithm of a convolution.
 *
 * @param algorithm its number
 * @param status 0 if it can do the convolution
 * @param memory bytes of scratch memory that it needs
 * @param determinism whether it gives the same bits each time
 * @param mathType the arithmetic
 */
record CudnnAlgorithm(int algorithm, int status, long memory, int determinism, int mathType) {
  private static final int MOST = 16;

  /**
   * The best that is exact, reproducible and fits into the memory; cuDNN lists the fastest first.
   */
  static int choose(List<CudnnAlgorithm> byTime, long memory) {
    return byTime.stream()
        .filter(candidate -> candidate.status() == 0)
        .filter(candidate -> candidate.memory() <= memory)
        .filter(candidate -> candidate.determinism() == CUDNN_DETERMINISTIC)
        .filter(
            candidate ->
                candidate.mathType() == CUDNN_FMA_MATH
                    || candidate.mathType() == CUDNN_DEFAULT_MATH)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cuDNN has no reproducible single-precision algorithm with %,d bytes of scratch"
                            .formatted(memory)
                        + " memory for a convolution: "
                        + byTime))
        .algorithm();
  }

  static int forward(
      cudnnHandle handle,
      cudnnTensorDescriptor input,
      cudnnFilterDescriptor filter,
      cudnnConvolutionDescriptor convolution,
      cudnnTensorDescriptor output,
      long memory) {
    cudnnConvolutionFwdAlgoPerf[] found =
        filled(new cudnnConvolutionFwdAlgoPerf[MOST], _ -> new cudnnConvolutionFwdAlgoPerf());
    int[] count = new int[1];
    check(
        JCudnn.cudnnGetConvolutionForwardAlgorithm_v7(
            handle, input, filter, convolution, output, MOST, count, found),
        "cudnnGetConvolutionForwardAlgorithm_v7");
    return choose(
        listed(
            found,
            count[0],
            it -> new CudnnAlgorithm(it.algo, it.status, it.memory, it.determinism, it.mathType)),
        memory);
  }

  static int backwardData(
      cudnnHandle handle,
      cudnnFilterDescriptor filter,
      cudnnTensorDescriptor outputGradient,
      cudnnConvolutionDescriptor convolution,
      cudnnTensorDescriptor inputGradient,
      long memory) {
    cudnnConvolutionBwdDataAlgoPerf[] found =
        filled(
            new cudnnConvolutionBwdDataAlgoPerf[MOST], _ -> new cudnnConvolutionBwdDataAlgoPerf());
    int[] count = new int[1];
    check(
        JCudnn.cudnnGetConvolutionBackwardDataAlgorithm_v7(
            handle, filter, outputGradient, convolution, inputGradient, MOST, count, found),
        "cudnnGetConvolutionBackwardDataAlgorithm_v7");
    return choose(
        listed(
            found,
            count[0],
            it -> new CudnnAlgorithm(it.algo, it.status, it.memory, it.determinism, it.mathType)),
        memory);
  }

  static int backwardFilter(
      cudnnHandle handle,
      cudnnTensorDescriptor input,
      cudnnTensorDescriptor outputGradient,
      cudnnConvolutionDescriptor convolution,
      cudnnFilterDescriptor filterGradient,
      long memory) {
    cudnnConvolutionBwdFilterAlgoPerf[] found =
        filled(
            new cudnnConvolutionBwdFilterAlgoPerf[MOST],
            _ -> new cudnnConvolutionBwdFilterAlgoPerf());
    int[] count = new int[1];
    check(
        JCudnn.cudnnGetConvolutionBackwardFilterAlgorithm_v7(
            handle, input, outputGradient, convolution, filterGradient, MOST, count, found),
        "cudnnGetConvolutionBackwardFilterAlgorithm_v7");
    return choose(
        listed(
            found,
            count[0],
            it -> new CudnnAlgorithm(it.algo, it.status, it.memory, it.determinism, it.mathType)),
        memory);
  }

  private static <T> T[] filled(T[] places, IntFunction<T> value) {
    Arrays.setAll(places, value);
    return places;
  }

  private static <T> List<CudnnAlgorithm> listed(
      T[] found, int count, Function<T, CudnnAlgorithm> read) {
    return Arrays.stream(found, 0, count).map(read).toList();
  }

  private static void check(int code, String function) {
    VendorException.check(code, function, "cuDNN");
  }
}
