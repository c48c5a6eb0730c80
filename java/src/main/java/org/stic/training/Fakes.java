package org.stic.training;

import java.util.Arrays;
import java.util.Map;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsException;
import org.stic.model.StoredTensor;
import org.stic.sampler.Drawings;

/** The pools of hard and soft drawings. */
final class Fakes {
  private final int imageElements;
  private final int classes;
  private final FakePool hard;
  private final FakePool soft;

  /** Empty pools; {@code newestShare} is the fraction of a batch from the newest refresh. */
  Fakes(int imageElements, int classes, double newestShare) {
    this.imageElements = imageElements;
    this.classes = classes;
    hard = new FakePool(imageElements, classes, newestShare);
    soft = new FakePool(imageElements, classes, newestShare);
  }

  /** Drawings of one class each. */
  FakePool hard() {
    return hard;
  }

  /** Drawings of a mixture of two classes each. */
  FakePool soft() {
    return soft;
  }

  /** Adds a refresh whose first {@code hardCount} drawings are hard and whose others are soft. */
  void add(Drawings drawings, float[] weights, int hardCount) {
    int count = drawings.images().length / imageElements;
    if (hardCount > 0) {
      hard.add(drawings.images(), 0, hardCount, weights);
    }
    if (count > hardCount) {
      soft.add(drawings.images(), hardCount, count, weights);
    }
  }

  /** Adds both pools to a checkpoint. */
  void store(Map<String, StoredTensor> tensors) {
    store(tensors, "fakes.hard", hard);
    store(tensors, "fakes.soft", soft);
  }

  private void store(Map<String, StoredTensor> tensors, String name, FakePool pool) {
    tensors.put(name + ".pixels", StoredTensor.ofBytes(pool.pixels(), pool.count(), imageElements));
    tensors.put(name + ".weights", StoredTensor.ofFloats(pool.weights(), pool.count(), classes));
  }

  /** Takes both pools from a checkpoint. */
  void restore(Safetensors file) throws SafetensorsException {
    restore(file, "fakes.hard", hard);
    restore(file, "fakes.soft", soft);
  }

  private void restore(Safetensors file, String name, FakePool pool) throws SafetensorsException {
    int[] shape = file.tensor(name + ".pixels").shape();
    if (shape.length != 2) {
      throw new SafetensorsException(
          file.file(),
          "tensor '%s.pixels' has shape %s; [drawings, pixels] is expected"
              .formatted(name, Arrays.toString(shape)));
    }
    byte[] pixels = file.bytes(name + ".pixels", shape[0], imageElements);
    pool.restore(pixels, file.floats(name + ".weights", shape[0], classes));
  }
}
