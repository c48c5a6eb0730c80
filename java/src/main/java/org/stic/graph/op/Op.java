package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * A pure operation: one output tensor that depends on its inputs only. Every implementation is a
 * record, so that two equal operations on the same inputs are one node of the graph.
 */
public sealed interface Op extends Operation
    permits AffineOp,
        AssembleOp,
        AveragePoolGradientOp,
        AveragePoolOp,
        BinaryOp,
        BroadcastOp,
        CircularShiftOp,
        ConvolutionDataGradientOp,
        ConvolutionFilterGradientOp,
        ConvolutionOp,
        CrossEntropyGradientOp,
        CrossEntropyOp,
        GramDifferenceOp,
        GramDistanceGradientOp,
        GramDistanceOp,
        GramGradientOp,
        GramLossGradientOp,
        GramLossOp,
        GramOp,
        LangevinOp,
        Leaf,
        LogSoftmaxOp,
        LogSumExpOp,
        MatrixProductOp,
        MaxPoolGradientOp,
        MaxPoolOp,
        NormOp,
        PixelShuffleOp,
        PlaneAffineOp,
        PlaneCombineOp,
        PlaneDotOp,
        PlaneMomentsOp,
        RandomOp,
        ReshapeOp,
        ScaledUnaryOp,
        SliceOp,
        SoftmaxGradientOp,
        SoftmaxOp,
        StopGradientOp,
        SumOp,
        TransposeOp,
        UnaryOp {

  /** Shape of the output. */
  Shape shape();

  /**
   * Sends to each input the vector-Jacobian product of this operation with the upstream gradient,
   * as nodes of the same graph.
   */
  void gradient(Backward backward);

  /** The tensor that this operation computes, in the graph of its inputs. */
  default Tensor node() {
    return inputs().getFirst().graph().node(this);
  }

  /**
   * The tensor whose memory the output shares, offset by {@link #viewOffset()}; null where it has
   * its own memory.
   */
  default Tensor viewOf() {
    return null;
  }

  /** Elements between the start of {@link #viewOf()} and the start of this view of it. */
  default long viewOffset() {
    return 0;
  }

  /**
   * Inputs that the output may overwrite: each element is read before the same element is written.
   */
  default List<Tensor> overwritable() {
    return List.of();
  }
}
