package org.stic.bench.peer;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.stic.bench.Bench07Convolution.Pass;
import org.stic.bench.ConvolutionReference;
import org.stic.kernels.Convolution;
import org.stic.kernels.ConvolutionShape;
import org.stic.kernels.KernelCall;

/** The three products of a convolution. */
final class ConvolutionSubjects {
  private static final Pattern BETWEEN_NUMBERS = Pattern.compile("[^0-9]+");
  private static final double TOLERANCE = 1e-5;

  private ConvolutionSubjects() {}

  /**
   * One product.
   *
   * @param text images x channels x height x width / filters x filter size / stride / padding, such
   *     as {@code 8x160x32x32/160x3/s1/p1}
   */
  static Subject of(Pass pass, String text) {
    ConvolutionShape shape = shape(text);
    Operand input =
        Operand.normal(
            "input", 1, 1, shape.images(), shape.channels(), shape.height(), shape.width());
    Operand filter =
        Operand.normal(
            "filter",
            2,
            1,
            shape.filters(),
            shape.channels(),
            shape.filterHeight(),
            shape.filterWidth());
    Operand output =
        Operand.normal(
            "output-gradient",
            3,
            1,
            shape.images(),
            shape.filters(),
            shape.outputHeight(),
            shape.outputWidth());
    boolean forward = pass == Pass.FORWARD;
    List<Operand> operands = forward ? List.of(input, filter) : List.of(input, filter, output);
    return new KernelSubject(
        "convolution-%s:%s".formatted(pass.name().toLowerCase(Locale.ROOT).replace('_', '-'), text),
        operands,
        elements(pass, shape),
        new float[workspace(pass, shape)],
        (result, in, scratch) -> calls(pass, shape, result, in, scratch),
        values -> check(pass, shape, values));
  }

  /** The shape that the text names. */
  static ConvolutionShape shape(String text) {
    int[] sizes = BETWEEN_NUMBERS.splitAsStream(text).mapToInt(Integer::parseInt).toArray();
    return new ConvolutionShape(
        sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], sizes[5], sizes[6], sizes[7]);
  }

  private static int elements(Pass pass, ConvolutionShape shape) {
    return Math.toIntExact(new ConvolutionReference(shape, null, null, null).elements(pass));
  }

  private static int workspace(Pass pass, ConvolutionShape shape) {
    long bytes = pass == Pass.BACKWARD_FILTER ? Convolution.backwardFilterWorkspace(shape) : 0;
    return Math.toIntExact(bytes / Float.BYTES);
  }

  private static List<KernelCall> calls(
      Pass pass, ConvolutionShape shape, long result, long[] in, long scratch) {
    return switch (pass) {
      case FORWARD -> List.of(Convolution.forward(result, in[0], in[1], 0, shape));
      case BACKWARD_DATA -> List.of(Convolution.backwardData(result, in[2], in[1], shape));
      case BACKWARD_FILTER -> Convolution.backwardFilter(result, in[2], in[0], scratch, shape);
    };
  }

  private static Check check(Pass pass, ConvolutionShape shape, List<float[]> values) {
    float[] gradient = pass == Pass.FORWARD ? null : values.get(2);
    ConvolutionReference exact =
        new ConvolutionReference(shape, values.get(0), values.get(1), gradient);
    return Check.sampled(elements(pass, shape), index -> exact.element(pass, index), TOLERANCE);
  }
}
