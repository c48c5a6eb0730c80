package org.stic.training;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.stic.cuda.Device;
import org.stic.cuda.MathMode;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * Runs a network over any number of images in batches of one size; the last one is filled up with
 * zeros, whose answers are dropped. Owns its program and host memory.
 */
public final class Predictor implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final int batch;
  private final MemorySegment host;
  private final Map<String, Integer> widths = new LinkedHashMap<>();
  private final Program program;

  /** Gives image {@code index} to {@code target[0 ...]}. */
  @FunctionalInterface
  public interface Images {
    void read(int index, float[] target);
  }

  /**
   * Compiles the network in the device's arithmetic.
   *
   * @param image shape of one image
   * @param outputs named outputs of a batch, shape [batch, width] each
   */
  Predictor(Device device, Shape image, int batch, Function<Tensor, Map<String, Tensor>> outputs) {
    this(device, device.math(), image, batch, outputs);
  }

  /** The same in an arithmetic of its own. */
  Predictor(
      Device device,
      MathMode math,
      Shape image,
      int batch,
      Function<Tensor, Map<String, Tensor>> outputs) {
    this.batch = batch;
    host = arena.allocate(ValueLayout.JAVA_FLOAT, (long) batch * image.intElements());
    Graph graph = new Graph();
    Tensor input = graph.input("images", Shape.of(batch, image.dim(0), image.dim(1), image.dim(2)));
    outputs
        .apply(input)
        .forEach(
            (name, output) -> {
              graph.output(name, output);
              widths.put(name, output.shape().dim(1));
            });
    program = Program.compile(device, math, graph);
  }

  /** The outputs of images {@code 0 .. count-1}, one row each, by name. */
  Map<String, float[]> run(int count, Images images) {
    Map<String, float[]> results = new LinkedHashMap<>();
    widths.forEach((name, width) -> results.put(name, new float[count * width]));
    for (int first = 0; first < count; first += batch) {
      int filled = Math.min(batch, count - first);
      upload(first, filled, images);
      program.run();
      for (Map.Entry<String, float[]> result : results.entrySet()) {
        int width = widths.get(result.getKey());
        float[] part = program.get(result.getKey());
        System.arraycopy(part, 0, result.getValue(), first * width, filled * width);
      }
    }
    return results;
  }

  /** The images of an array, one after another. */
  static Images of(float[] images, int elements) {
    return (index, target) -> System.arraycopy(images, index * elements, target, 0, elements);
  }

  private void upload(int first, int filled, Images images) {
    int elements = Math.toIntExact(host.byteSize() / Float.BYTES / batch);
    float[] image = new float[elements];
    for (int place = 0; place < batch; place++) {
      if (place < filled) {
        images.read(first + place, image);
      } else {
        Arrays.fill(image, 0);
      }
      long offset = (long) place * elements * Float.BYTES;
      MemorySegment.copy(image, 0, host, ValueLayout.JAVA_FLOAT, offset, elements);
    }
    program.set("images", host);
  }

  @Override
  public void close() {
    program.close();
    arena.close();
  }
}
