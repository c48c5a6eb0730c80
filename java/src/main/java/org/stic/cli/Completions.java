package org.stic.cli;

import java.util.Arrays;
import java.util.Iterator;
import org.stic.settings.Preset;

/** Words that help texts list. */
final class Completions {
  private Completions() {}

  /** The presets' names. */
  static final class Presets implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Preset.values()).map(Preset::label).iterator();
    }
  }
}
