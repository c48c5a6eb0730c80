package org.stic.training;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.stic.cuda.Device;
import org.stic.cuda.MathMode;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.metrics.InnerProducts;

/**
 * Inner products of rows as matrix products on the device, in single precision. Owns its program.
 */
final class DeviceInnerProducts implements InnerProducts, AutoCloseable {
  private final int rows;
  private final Program program;
  private final float[] products;

  /**
   * Compiles the product.
   *
   * @param rows most rows of one call; fewer are filled up with zeros
   */
  DeviceInnerProducts(Device device, int rows, int width) {
    this.rows = rows;
    products = new float[rows * rows];
    Graph graph = new Graph();
    Tensor one = graph.input("one", Shape.of(rows, width));
    Tensor other = graph.input("other", Shape.of(rows, width));
    graph.output("products", Ops.matmul(one, other, false, true));
    program = Program.compile(device, MathMode.FP32, graph);
  }

  @Override
  public void compute(
      float[] one, int oneRows, float[] other, int otherRows, int width, float[] target) {
    program.set("one", Arrays.copyOf(one, rows * width));
    program.set("other", Arrays.copyOf(other, rows * width));
    program.run();
    program.get("products", MemorySegment.ofArray(products));
    for (int row = 0; row < oneRows; row++) {
      System.arraycopy(products, row * rows, target, row * otherRows, otherRows);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
