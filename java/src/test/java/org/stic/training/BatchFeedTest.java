package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stic.data.DatasetException;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.ImageShape;
import org.stic.data.LoadOptions;
import org.stic.data.Pictures;
import org.stic.data.Split;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.settings.BatchSettings;
import org.stic.settings.FeedSettings;
import org.stic.settings.ImageOrder;

class BatchFeedTest {
  private static final BatchSettings KINDS = new BatchSettings(5, 3, 0, 0);
  private static final FeedSettings AUGMENTED = new FeedSettings(ImageOrder.SHUFFLED, 2, true);

  @TempDir private Path folder;
  private ImageDataset pictures;

  @BeforeEach
  void writePictures() throws IOException {
    Pictures.folder(folder, 12, 8, "a", "b", "c");
    pictures = load();
  }

  private ImageDataset load() {
    return new Datasets(folder).load("folder:" + folder, Split.TRAIN, new LoadOptions(8, 0));
  }

  private static BatchFeed<BatchComposer.Draft> feed(
      ImageDataset data, FeedSettings settings, double alpha, int workers) {
    BatchComposer composer = new BatchComposer(data, KINDS, settings, alpha, null, null);
    IntFunction<BatchComposer.Draft> drafts =
        update -> composer.draft(new RandomKey(3, Purpose.UPDATE_BATCH, 0, update));
    int elements = data.shape().elements();
    return new BatchFeed<>(KINDS.total(), elements, data.classNames().size(), drafts, workers);
  }

  private static float[] content(BatchFeed.Filled<?> filled) {
    float[] images = filled.batch().images().toArray(ValueLayout.JAVA_FLOAT);
    float[] weights = filled.batch().weights().toArray(ValueLayout.JAVA_FLOAT);
    float[] all = Arrays.copyOf(images, images.length + weights.length);
    System.arraycopy(weights, 0, all, images.length, weights.length);
    return all;
  }

  private float[][] contents(FeedSettings settings, double alpha, int workers, int... updates) {
    float[][] contents = new float[updates.length][];
    try (BatchFeed<BatchComposer.Draft> feed = feed(load(), settings, alpha, workers)) {
      for (int index = 0; index < updates.length; index++) {
        contents[index] = content(feed.take(updates[index]));
      }
    }
    return contents;
  }

  @ParameterizedTest
  @CsvSource({"DRAWN, 0, false, 1", "SHUFFLED, 3, true, 0.4"})
  void batchesAreTheSameWithAnyNumberOfThreads(
      ImageOrder order, int shift, boolean flip, double alpha) {
    FeedSettings settings = new FeedSettings(order, shift, flip);
    int[] updates = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    float[][] expected = contents(settings, alpha, 1, updates);
    for (int workers : new int[] {2, 7}) {
      float[][] found = contents(settings, alpha, workers, updates);
      for (int update : updates) {
        assertArrayEquals(expected[update], found[update], "update " + update);
      }
    }
    assertTrue(!Arrays.equals(expected[0], expected[1]), "updates differ");
  }

  @Test
  void aFeedMayBeginAnywhereAndGoBack() {
    float[][] expected = contents(AUGMENTED, 1, 2, 0, 1, 2, 3, 4, 5, 6, 7);
    float[][] jumped = contents(AUGMENTED, 1, 2, 6, 7, 2, 3, 0);
    int[] order = {6, 7, 2, 3, 0};
    for (int index = 0; index < order.length; index++) {
      assertArrayEquals(expected[order[index]], jumped[index], "update " + order[index]);
    }
  }

  @Test
  void shuffledImagesComeOnceInEveryEpoch() {
    ImageDataset data = pictures;
    FeedSettings shuffled = new FeedSettings(ImageOrder.SHUFFLED, 0, false);
    BatchSettings plain = new BatchSettings(data.count(), 0, 0, 0);
    BatchComposer composer = new BatchComposer(data, plain, shuffled, 1, null, null);
    int elements = data.shape().elements();
    try (Batch batch = new Batch(plain.total(), elements, data.classNames().size())) {
      for (int update = 0; update < 3; update++) {
        BatchComposer.Draft draft =
            composer.draft(new RandomKey(3, Purpose.UPDATE_BATCH, 0, update));
        for (int part = 0; part < draft.parts(); part++) {
          draft.fill(part, batch);
        }
        Set<String> seen = new HashSet<>();
        for (int place = 0; place < data.count(); place++) {
          long start = (long) place * elements * Float.BYTES;
          seen.add(
              Arrays.toString(
                  batch
                      .images()
                      .asSlice(start, (long) elements * Float.BYTES)
                      .toArray(ValueLayout.JAVA_FLOAT)));
        }
        assertEquals(data.count(), seen.size());
      }
    }
  }

  @Test
  void classWeightsOfMixturesSumToOne() {
    try (BatchFeed<BatchComposer.Draft> feed = feed(pictures, AUGMENTED, 0.4, 2)) {
      float[] weights = feed.take(0).batch().weights().toArray(ValueLayout.JAVA_FLOAT);
      for (int place = 0; place < KINDS.total(); place++) {
        float sum = weights[3 * place] + weights[3 * place + 1] + weights[3 * place + 2];
        assertEquals(1, sum, 1e-6);
      }
    }
  }

  @Test
  void aBatchStaysAsItIsUntilTheNextIsTaken() throws InterruptedException {
    try (BatchFeed<BatchComposer.Draft> feed = feed(pictures, AUGMENTED, 1, 3)) {
      BatchFeed.Filled<BatchComposer.Draft> first = feed.take(0);
      float[] before = content(first);
      Thread.sleep(100);
      assertArrayEquals(before, content(first));
      assertTrue(feed.waited() > 0);
      assertEquals(0, feed.waited());
    }
  }

  @Test
  void whatAThreadCannotReadIsReportedToTheTaker() throws IOException {
    ImageDataset lost = load();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    try (BatchFeed<BatchComposer.Draft> feed = feed(lost, AUGMENTED, 1, 2)) {
      DatasetException problem = assertThrows(DatasetException.class, () -> feed.take(0));
      assertTrue(problem.getMessage().contains("does not exist"), problem.getMessage());
    }
  }

  @Test
  void anInterruptEndsTheWait() {
    try (BatchFeed<BatchComposer.Draft> feed = feed(pictures, AUGMENTED, 1, 1)) {
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, () -> feed.take(0));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void aViewMovesMirrorsAndReflects() {
    ImageShape shape = new ImageShape(1, 2, 4);
    float[] image = {0, 1, 2, 3, 4, 5, 6, 7};
    assertArrayEquals(new float[] {3, 2, 1, 0, 7, 6, 5, 4}, new View(0, 0, true).of(image, shape));
    assertArrayEquals(new float[] {2, 3, 2, 1, 6, 7, 6, 5}, new View(0, 2, false).of(image, shape));
    assertArrayEquals(
        new float[] {5, 4, 5, 6, 1, 0, 1, 2}, new View(-1, -1, false).of(image, shape));
  }
}
