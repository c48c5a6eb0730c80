package org.stic.bench;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.Device;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.LoadOptions;
import org.stic.data.Split;
import org.stic.graph.InputFeed;
import org.stic.graph.Shape;
import org.stic.graph.Variable;
import org.stic.training.Batch;
import org.stic.training.BatchFeed;

/**
 * How many images a second can a training be fed with: read and decoded by one thread, or in
 * batches that all processors fill ahead of time, up to the device's memory? Pictures are JPEG
 * files with a shorter side of 256, decoded, cut and scaled to 64 pixels at each reading.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Smoke("pictures=12")
public class Bench14DataPipeline {
  private static final int BATCH = 32;
  private static final int CLASSES = 10;
  private static final int SIDE = 64;

  /** Where images come from. */
  public enum Source {
    /** 28 x 28 pixels in memory. */
    MEMORY,
    /** Files of pictures. */
    JPEG
  }

  @Param public Source source;

  /** How many files there are; they are read in an order that looks random. */
  @Param("200")
  public int pictures;

  private PictureFolder folder;
  private ImageDataset images;
  private float[] image;
  private float[] row;
  private Device device;
  private Variable pixels;
  private Variable weights;
  private InputFeed uploads;
  private BatchFeed<Numbered> batches;
  private int read;
  private int fed;

  /** Writes the pictures, and starts the threads that fill batches. */
  @Setup
  public void open() throws IOException {
    folder = PictureFolder.write(source == Source.JPEG ? pictures : 0, CLASSES);
    images = load();
    int elements = images.shape().elements();
    image = new float[elements];
    row = new float[CLASSES];
    device = Workbench.openDevice();
    pixels = Variable.allocate(device, "images", Shape.of(BATCH, elements));
    weights = Variable.allocate(device, "weights", Shape.of(BATCH, CLASSES));
    uploads = new InputFeed(device, pixels.place(), weights.place());
    batches = new BatchFeed<>(BATCH, elements, CLASSES, Numbered::new);
  }

  private ImageDataset load() {
    Datasets datasets = new Datasets(folder.root());
    return switch (source) {
      case MEMORY -> datasets.load("synthetic", Split.TEST);
      case JPEG ->
          datasets.load("folder:" + folder.images(), Split.TRAIN, new LoadOptions(SIDE, 0));
    };
  }

  /** The images of one batch, by its number. */
  private final class Numbered implements BatchFeed.Draft {
    private final int update;
    private final float[][] places = new float[BATCH][images.shape().elements()];

    Numbered(int update) {
      this.update = update;
    }

    @Override
    public int parts() {
      return BATCH;
    }

    @Override
    public void fill(int part, Batch batch) {
      images.readImage(index(update, part), places[part], 0);
      batch.put(part, places[part], row);
    }
  }

  private int index(int update, int part) {
    return Math.floorMod((update * BATCH + part) * 7919, images.count());
  }

  /** One image, by this thread. */
  @Benchmark
  public float[] read() {
    images.readImage(index(0, read++), image, 0);
    return image;
  }

  /** Images of one batch, filled by all processors and brought to the device. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void feed() {
    Batch batch = batches.take(fed++).batch();
    uploads.set(pixels.name(), batch.images());
    uploads.set(weights.name(), batch.weights());
    uploads.submit();
    device.synchronize();
  }

  /** Checks that the device has the right images in the right places. */
  @TearDown
  public void verify() throws IOException {
    try (PictureFolder owned = folder;
        Device owner = device) {
      feed();
      float[] found = pixels.download();
      for (int place = 0; place < BATCH; place += BATCH - 1) {
        images.readImage(index(fed - 1, place), image, 0);
        MemorySegment expected = MemorySegment.ofArray(image);
        long bytes = expected.byteSize();
        if (expected.mismatch(MemorySegment.ofArray(found).asSlice(place * bytes, bytes)) >= 0) {
          throw new IllegalStateException(
              "image %d on %s is not that of %s".formatted(place, owner.name(), owned.root()));
        }
      }
      batches.close();
      uploads.close();
      pixels.close();
      weights.close();
    }
  }
}
