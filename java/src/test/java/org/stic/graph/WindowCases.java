package org.stic.graph;

import static org.stic.graph.GradientCase.positive;
import static org.stic.graph.GradientCase.real;

import java.util.List;
import org.stic.attention.Windows;
import org.stic.graph.op.BinaryOp;

/**
 * Rows of the gradient tests for attention windows: what is read and written, differentiated with
 * respect to pixels and to all five parameters. Some Gaussians lie outside of the canvas.
 */
final class WindowCases {
  private static final int COUNT = 2;
  private static final int SIDE = 3;
  private static final GradientCase.Operand PARAMETER = positive(COUNT, 1);
  private static final GradientCase.Operand CENTRE = real(COUNT, 1);

  private WindowCases() {}

  static List<GradientCase> rows() {
    return List.of(
        GradientCase.row(
            BinaryOp.class,
            "read of windows",
            t -> windows(t).read(t.get(5)),
            CENTRE,
            CENTRE,
            PARAMETER,
            PARAMETER,
            PARAMETER,
            real(COUNT, 2, 5, 4)),
        GradientCase.row(
            BinaryOp.class,
            "write of windows",
            t -> windows(t).write(t.get(5), 4, 5),
            CENTRE,
            CENTRE,
            PARAMETER,
            PARAMETER,
            PARAMETER,
            real(COUNT, 2, SIDE, SIDE)));
  }

  private static Windows windows(List<Tensor> t) {
    return new Windows(
        Ops.affine(t.get(0), 1, 1.5f),
        Ops.affine(t.get(1), 1, 2),
        t.get(2),
        t.get(3),
        t.get(4),
        SIDE);
  }
}
