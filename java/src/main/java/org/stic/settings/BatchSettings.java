package org.stic.settings;

/**
 * How many images of each kind one update sees, in this order.
 *
 * @param real real images
 * @param mixup convex combinations of two real images
 * @param hard drawings of one class
 * @param soft drawings of a mixture of two classes
 */
public record BatchSettings(int real, int mixup, int hard, int soft) {
  public BatchSettings {
    Requirement.atLeast("batch.real", real, 1);
    Requirement.atLeast("batch.mixup", mixup, 0);
    Requirement.atLeast("batch.hard", hard, 0);
    Requirement.atLeast("batch.soft", soft, 0);
  }

  /** All images of the batch. */
  public int total() {
    return real + mixup + hard + soft;
  }
}
