package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsException;
import org.stic.model.StoredTensor;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.settings.BatchSettings;
import org.stic.settings.ChainSettings;
import org.stic.settings.PassSettings;
import org.stic.settings.Preset;

/** Where chains begin, with images of two pixels and three classes. */
class ChainStartsTest {
  private static final int HARD = 4;
  private static final int SOFT = 2;
  private static final int CLASSES = 3;
  private static final int REFRESHES = 2;

  private final RandomGenerator random = new RandomKey(8, Purpose.FAKE_CLASSES, 0, 0).generator();

  @Test
  void canvasesAreWhatEveryChainBeginsWith() {
    ChainStarts starts = starts(new ChainSettings.Canvas());
    ChainStarts.Start start = starts.next(0, random);
    starts.finish(start, new float[(HARD + SOFT) * 2]);
    for (float[] image : starts.next(1, random).images()) {
      assertNull(image);
    }
  }

  @Test
  void aBufferGivesBackWhereItsChainsStopped() {
    ChainStarts starts = starts(new ChainSettings.Persistent(6, 0));
    ChainStarts.Start first = starts.next(0, random);
    for (float[] image : first.images()) {
      assertNull(image, "no chain has begun");
    }
    float[] drawings = {-1, 0, -.5f, 1, .25f, 0, .75f, 0, 1, 1, .1f, .2f};
    starts.finish(first, drawings);
    ChainStarts.Start second = starts.next(1, random);
    assertEquals(slots(first), slots(second), "six slots, all taken by both refreshes");
    for (int chain = 0; chain < HARD + SOFT; chain++) {
      int before = indexOf(first.slots(), second.slots()[chain]);
      float[] expected = Arrays.copyOfRange(drawings, before * 2, before * 2 + 2);
      assertArrayEquals(expected, second.images()[chain], .51f / 127.5f);
      assertArrayEquals(row(first, before), row(second, chain));
    }
  }

  @Test
  void chainsOfABufferAreChosenAtRandomAndStartAgainSometimes() {
    ChainStarts starts = starts(new ChainSettings.Persistent(60, .25));
    int[] taken = new int[60];
    int continued = 0;
    int begun = 0;
    for (int refresh = 0; refresh < 2000; refresh++) {
      ChainStarts.Start start = starts.next(refresh, random);
      assertEquals(HARD + SOFT, slots(start).size(), "a chain is taken once");
      for (int chain = 0; chain < HARD + SOFT; chain++) {
        int slot = start.slots()[chain];
        assertEquals(chain < HARD, slot < 40, "hard chains have the first slots");
        continued += start.images()[chain] == null ? 0 : 1;
        begun += taken[slot]++ > 0 ? 1 : 0;
      }
      starts.finish(start, new float[(HARD + SOFT) * 2]);
    }
    assertEquals(.75, continued / (double) begun, .02);
    for (int count : taken) {
      assertEquals(200, count, 60);
    }
  }

  @Test
  void classesStayWithTheirChains() {
    ChainStarts starts = starts(new ChainSettings.Persistent(12, .5));
    Map<Integer, String> weights = new HashMap<>();
    for (int refresh = 0; refresh < 200; refresh++) {
      ChainStarts.Start start = starts.next(refresh, random);
      for (int chain = 0; chain < HARD + SOFT; chain++) {
        String row = Arrays.toString(row(start, chain));
        int slot = start.slots()[chain];
        boolean goesOn = start.images()[chain] != null;
        assertTrue(!goesOn || row.equals(weights.get(slot)), "slot " + slot + " changed to " + row);
        weights.put(slot, row);
        if (slot < 8) {
          assertEquals(1, row(start, chain)[slot % CLASSES]);
        }
      }
      starts.finish(start, new float[(HARD + SOFT) * 2]);
    }
  }

  @Test
  void aCascadeTakesTheChainsOfThePassBeforeInTurn() {
    ChainStarts starts = starts(new ChainSettings.Cascade());
    for (int refresh = 0; refresh < 3 * REFRESHES; refresh++) {
      ChainStarts.Start start = starts.next(refresh, random);
      float[] drawings = new float[(HARD + SOFT) * 2];
      for (int chain = 0; chain < HARD + SOFT; chain++) {
        float[] image = start.images()[chain];
        if (refresh < REFRESHES) {
          assertNull(image);
        } else {
          assertNotNull(image);
          float stopped = (refresh - REFRESHES) / 10f;
          assertArrayEquals(new float[] {stopped, chain / 10f}, image, .51f / 127.5f);
        }
        drawings[2 * chain] = refresh / 10f;
        drawings[2 * chain + 1] = chain / 10f;
      }
      starts.finish(start, drawings);
    }
  }

  @Test
  void aRestoredBufferGoesOnAsTheOriginal() throws SafetensorsException {
    ChainStarts one = starts(new ChainSettings.Persistent(9, .2));
    for (int refresh = 0; refresh < 5; refresh++) {
      float[] drawings = new float[(HARD + SOFT) * 2];
      Arrays.fill(drawings, refresh / 8f);
      one.finish(one.next(refresh, random), drawings);
    }
    Map<String, StoredTensor> tensors = new HashMap<>();
    one.store(tensors);
    ChainStarts two = starts(new ChainSettings.Persistent(9, .2));
    two.restore(new Safetensors(Path.of("memory"), Map.of(), tensors));
    RandomKey key = new RandomKey(8, Purpose.FAKE_CLASSES, 0, 5);
    ChainStarts.Start expected = one.next(5, key.generator());
    ChainStarts.Start restored = two.next(5, key.generator());
    assertArrayEquals(expected.slots(), restored.slots());
    assertArrayEquals(expected.classWeights(), restored.classWeights());
    assertArrayEquals(expected.images(), restored.images());
  }

  private static ChainStarts starts(ChainSettings chains) {
    PassSettings pass =
        new PassSettings(
            REFRESHES,
            HARD,
            SOFT,
            1,
            new BatchSettings(1, 0, 1, 1),
            .5,
            chains,
            Preset.JEM.configuration("mnist").pass().optimizer());
    return ChainStarts.of(pass, 2, CLASSES);
  }

  private static Set<Integer> slots(ChainStarts.Start start) {
    return IntStream.of(start.slots()).boxed().collect(Collectors.toCollection(HashSet::new));
  }

  private static int indexOf(int[] slots, int slot) {
    return IntStream.range(0, slots.length).filter(i -> slots[i] == slot).findFirst().orElseThrow();
  }

  private static float[] row(ChainStarts.Start start, int chain) {
    return Arrays.copyOfRange(start.classWeights(), chain * CLASSES, (chain + 1) * CLASSES);
  }
}
