package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.longInteger;
import static org.stic.kernels.Argument.pointer;
import static org.stic.kernels.Argument.real;

import java.util.List;

/** Sums over one axis in an order that the sizes alone fix; kernels/reduce/sum.cu. */
public final class Reduction {
  private static final long ROW_CHUNK = 16384;
  private static final long COLUMN_CHUNK = 1024;

  private Reduction() {}

  /**
   * {@code output[o, i] = scale * sum_r input[o, r, i]} in one launch: one block per sum, so best
   * for many sums.
   *
   * @param output floats [outer, inner]
   * @param input floats [outer, reduce, inner]
   */
  public static KernelCall sum(
      long output, long input, int outer, int reduce, int inner, float scale) {
    return partial(output, input, outer, reduce, inner, reduce, scale);
  }

  /**
   * The same sum in two launches where the axis is long: chunks of it, then their sums.
   *
   * @param workspace {@link #sumWorkspace} bytes; 0 if it needs none
   */
  public static List<KernelCall> sum(
      long output, long input, long workspace, int outer, int reduce, int inner, float scale) {
    int chunks = chunks(reduce, inner);
    if (chunks == 1) {
      return List.of(sum(output, input, outer, reduce, inner, scale));
    }
    return List.of(
        partial(workspace, input, outer, reduce, inner, chunk(inner), 1),
        sum(output, workspace, outer, chunks, inner, scale));
  }

  /** Bytes of workspace that the sum in two launches needs; 0 if the axis is short. */
  public static long sumWorkspace(int outer, int reduce, int inner) {
    int chunks = chunks(reduce, inner);
    return chunks == 1 ? 0 : (long) Float.BYTES * outer * chunks * inner;
  }

  private static KernelCall partial(
      long output, long input, int outer, int reduce, int inner, long chunk, float scale) {
    long sums = Sizes.product("outer", outer, "inner", inner);
    long terms = sums * Sizes.positive("reduce", reduce);
    long blocks = outer * Math.ceilDiv(reduce, chunk);
    Cost cost = Cost.ofFloats(terms + blocks * inner, terms);
    return inner == 1
        ? new KernelCall(
            "sum_rows",
            blocks,
            1,
            1,
            List.of(
                pointer(output),
                pointer(input),
                longInteger(reduce),
                longInteger(chunk),
                real(scale)),
            cost)
        : new KernelCall(
            "sum_columns",
            blocks,
            inner,
            1,
            List.of(
                pointer(output),
                pointer(input),
                longInteger(reduce),
                integer(inner),
                longInteger(chunk),
                real(scale)),
            cost);
  }

  private static int chunks(int reduce, int inner) {
    return Math.toIntExact(Math.ceilDiv(reduce, chunk(inner)));
  }

  private static long chunk(int inner) {
    return inner == 1 ? ROW_CHUNK : COLUMN_CHUNK;
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "sum_rows",
            "reduce",
            "out[o, c] = scale sum_{r in chunk c} in[o, r]",
            "4 |in| B, |in|",
            Tolerance::ofSum),
        new KernelDescription(
            "sum_columns",
            "reduce",
            "out[o, c, i] = scale sum_{r in chunk c} in[o, r, i]",
            "4 |in| B, |in|",
            Tolerance::ofSum));
  }
}
