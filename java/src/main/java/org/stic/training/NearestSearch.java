package org.stic.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.stic.cuda.Device;
import org.stic.cuda.MathMode;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;

/**
 * The nearest of many vectors to each of a few. The device's inner products say which are worth
 * looking at; the distances themselves are computed in double precision, so that a copy is at
 * distance 0. Owns its program.
 */
final class NearestSearch implements AutoCloseable {
  /** Slack for the inner products' rounding, in shares of the vectors' squares. */
  private static final double SLACK = 1e-4;

  private final float[] queries;
  private final int width;
  private final int block;
  private final double[] querySquares;
  private final double[] best;
  private final int[] nearest;
  private final Program program;

  /**
   * Compiles the inner products.
   *
   * @param queries one row of {@code width} numbers each
   * @param block most candidates of one call
   */
  NearestSearch(Device device, float[] queries, int width, int block) {
    this.queries = queries;
    this.width = width;
    this.block = block;
    int count = queries.length / width;
    querySquares = squares(queries, count);
    best = new double[count];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    nearest = new int[count];
    Graph graph = new Graph();
    var rows = graph.input("queries", Shape.of(count, width));
    var candidates = graph.input("candidates", Shape.of(block, width));
    graph.output("products", Ops.matmul(rows, candidates, false, true));
    program = Program.compile(device, MathMode.FP32, graph);
  }

  /** Looks at rows {@code first ...} of the candidates, of which there are at most a block. */
  void offer(float[] candidates, int first) {
    int count = candidates.length / width;
    program.set("queries", queries);
    program.set("candidates", Arrays.copyOf(candidates, block * width));
    program.run();
    float[] products = program.get("products");
    double[] squares = squares(candidates, count);
    for (int query = 0; query < best.length; query++) {
      for (int row = 0; row < count; row++) {
        double both = querySquares[query] + squares[row];
        double distance = both - 2 * products[query * block + row];
        if (distance < best[query] + SLACK * both) {
          take(query, candidates, row, first);
        }
      }
    }
  }

  private void take(int query, float[] candidates, int row, int first) {
    double distance = 0;
    for (int column = 0; column < width; column++) {
      double difference = queries[query * width + column] - candidates[row * width + column];
      distance += difference * difference;
    }
    if (distance < best[query]) {
      best[query] = distance;
      nearest[query] = first + row;
    }
  }

  private double[] squares(float[] vectors, int count) {
    return IntStream.range(0, count)
        .mapToDouble(
            row ->
                IntStream.range(row * width, (row + 1) * width)
                    .mapToDouble(index -> (double) vectors[index] * vectors[index])
                    .sum())
        .toArray();
  }

  /** Which candidate was nearest to each query; the first of equals. */
  int[] nearest() {
    return nearest.clone();
  }

  /** Euclidean distance of each query from it. */
  double[] distances() {
    return Arrays.stream(best).map(Math::sqrt).toArray();
  }

  @Override
  public void close() {
    program.close();
  }
}
