package org.stic.objective;

import org.stic.settings.BatchSettings;

/** The kinds of images in a batch, in the order in which they lie in it. */
public enum BatchPart {
  REAL,
  MIXUP,
  HARD,
  SOFT;

  /** First image of this kind. */
  public int from(BatchSettings batch) {
    int from = 0;
    for (BatchPart part : values()) {
      if (part == this) {
        return from;
      }
      from += part.count(batch);
    }
    throw new AssertionError(this);
  }

  /** Number of images of this kind. */
  public int count(BatchSettings batch) {
    return switch (this) {
      case REAL -> batch.real();
      case MIXUP -> batch.mixup();
      case HARD -> batch.hard();
      case SOFT -> batch.soft();
    };
  }
}
