package org.stic.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Presets are compared under one budget, so each must keep to it. */
class PresetTest {
  private static final long UPDATES = 100;

  @ParameterizedTest
  @EnumSource(names = {"STIC", "STIC_FAKE_CLASS", "JEM", "ICN", "INN", "WINN"})
  void everySystemThatDrawsSpendsTheSame(Preset preset) {
    assertEquals(new Budget(30_000, UPDATES), preset.configuration("mnist").budgetPerPass());
  }

  @ParameterizedTest
  @EnumSource(names = {"VRM", "ERM"})
  void controlsUpdateAsOftenAndDrawNothing(Preset preset) {
    assertEquals(new Budget(0, UPDATES), preset.configuration("mnist").budgetPerPass());
  }
}
