package org.stic.comparison;

import java.nio.file.Path;
import org.stic.settings.Configuration;

/**
 * One run of a comparison.
 *
 * @param contender whose run it is
 * @param seed which repetition
 * @param configuration complete settings of the run
 * @param folder of the run
 */
public record Trial(Contender contender, long seed, Configuration configuration, Path folder) {

  /** Its name for people. */
  String name() {
    return contender.name() + ", seed " + seed;
  }
}
