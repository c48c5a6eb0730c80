package org.stic.training;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsException;
import org.stic.model.StoredTensor;
import org.stic.settings.PassSettings;

/**
 * Chains that go on where they stopped. Each slot keeps one chain: its image, as bytes, and its
 * class weights, which stay the same until it begins anew. Slot i of the hard ones shows class
 * {@code i mod classes}.
 *
 * <p>Source: the persistent chains of Tieleman, "Training restricted Boltzmann machines using
 * approximations to the likelihood gradient", ICML 2008; restarts as in Du and Mordatch, NeurIPS
 * 2019.
 */
final class ChainBuffer implements ChainStarts {
  private static final String PIXELS = "chains.pixels";
  private static final String WEIGHTS = "chains.weights";
  private static final String BEGUN = "chains.begun";

  private final PassSettings pass;
  private final boolean inTurn;
  private final double restart;
  private final int imageElements;
  private final ClassWeights classWeights;
  private final int hardSlots;
  private final byte[] pixels;
  private final float[] weights;
  private final byte[] begun;

  private ChainBuffer(
      PassSettings pass,
      int size,
      boolean inTurn,
      double restart,
      int imageElements,
      ClassWeights classWeights) {
    this.pass = pass;
    this.inTurn = inTurn;
    this.restart = restart;
    this.imageElements = imageElements;
    this.classWeights = classWeights;
    hardSlots = Math.toIntExact((long) size * pass.hardFakes() / pass.drawings());
    pixels = new byte[Math.multiplyExact(size, imageElements)];
    weights = new float[size * classWeights.classes()];
    begun = new byte[size];
    for (int slot = 0; slot < hardSlots; slot++) {
      weights[slot * classWeights.classes() + slot % classWeights.classes()] = 1;
    }
  }

  /** A replay buffer: each refresh takes chains at random, each chain at most once. */
  static ChainBuffer atRandom(
      PassSettings pass, int size, double restart, int imageElements, ClassWeights classWeights) {
    return new ChainBuffer(pass, size, false, restart, imageElements, classWeights);
  }

  /** All chains of a pass: each pass takes every chain once, in the same order. */
  static ChainBuffer inTurn(PassSettings pass, int imageElements, ClassWeights classWeights) {
    int size = Math.multiplyExact(pass.refreshes(), pass.drawings());
    return new ChainBuffer(pass, size, true, 0, imageElements, classWeights);
  }

  @Override
  public Start next(int refresh, RandomGenerator random) {
    int[] slots =
        IntStream.concat(
                IntStream.of(choose(0, hardSlots, pass.hardFakes(), refresh, random)),
                IntStream.of(choose(hardSlots, begun.length, pass.softFakes(), refresh, random)))
            .toArray();
    int classes = classWeights.classes();
    float[] rows = new float[slots.length * classes];
    float[][] images = new float[slots.length][];
    for (int chain = 0; chain < slots.length; chain++) {
      images[chain] = begin(slots[chain], random);
      System.arraycopy(weights, slots[chain] * classes, rows, chain * classes, classes);
    }
    return new Start(rows, images, slots);
  }

  private int[] choose(int from, int to, int count, int refresh, RandomGenerator random) {
    return inTurn
        ? IntStream.range(0, count)
            .map(place -> from + Math.floorMod((long) refresh * count + place, to - from))
            .toArray()
        : chooseAtRandom(IntStream.range(from, to).toArray(), count, random);
  }

  /** The first places of a shuffle (Fisher and Yates). */
  private static int[] chooseAtRandom(int[] slots, int count, RandomGenerator random) {
    for (int place = 0; place < count; place++) {
      int picked = place + random.nextInt(slots.length - place);
      int displaced = slots[place];
      slots[place] = slots[picked];
      slots[picked] = displaced;
    }
    return Arrays.copyOf(slots, count);
  }

  /** The image that a chain goes on with, or null if it begins anew. */
  private float[] begin(int slot, RandomGenerator random) {
    boolean restarts = random.nextDouble() < restart;
    if (begun[slot] == 0 || restarts) {
      renew(slot, random);
      return null;
    }
    float[] image = new float[imageElements];
    PixelBytes.decode(pixels, slot * imageElements, image, 0, imageElements);
    return image;
  }

  private void renew(int slot, RandomGenerator random) {
    if (slot >= hardSlots) {
      int classes = classWeights.classes();
      Arrays.fill(weights, slot * classes, (slot + 1) * classes, 0);
      classWeights.mix(weights, slot, random);
    }
  }

  @Override
  public void finish(Start start, float[] drawings) {
    for (int chain = 0; chain < start.slots().length; chain++) {
      int slot = start.slots()[chain];
      PixelBytes.encode(
          drawings, chain * imageElements, pixels, slot * imageElements, imageElements);
      begun[slot] = 1;
    }
  }

  @Override
  public void store(Map<String, StoredTensor> tensors) {
    int size = begun.length;
    tensors.put(PIXELS, StoredTensor.ofBytes(pixels.clone(), size, imageElements));
    tensors.put(WEIGHTS, StoredTensor.ofFloats(weights.clone(), size, classWeights.classes()));
    tensors.put(BEGUN, StoredTensor.ofBytes(begun.clone(), size));
  }

  @Override
  public void restore(Safetensors file) throws SafetensorsException {
    int size = begun.length;
    byte[] storedPixels = file.bytes(PIXELS, size, imageElements);
    float[] storedWeights = file.floats(WEIGHTS, size, classWeights.classes());
    byte[] storedBegun = file.bytes(BEGUN, size);
    System.arraycopy(storedPixels, 0, pixels, 0, pixels.length);
    System.arraycopy(storedWeights, 0, weights, 0, weights.length);
    System.arraycopy(storedBegun, 0, begun, 0, size);
  }
}
