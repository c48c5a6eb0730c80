package org.stic.settings;

import org.stic.attention.WindowChoice;

/**
 * The windows of an image's drawing steps.
 *
 * @param draws drawing steps, the first of which sees the whole canvas
 * @param choice who places the later windows
 * @param finestStride pixels between the points of the last window
 * @param noise deviation of the noise on what the first window sees, where its chains begin
 */
public record WindowSettings(int draws, WindowChoice choice, double finestStride, double noise) {
  public WindowSettings {
    Requirement.atLeast("sampler.windows.draws", draws, 1);
    Requirement.notNull("sampler.windows.choice", choice);
    Requirement.positive("sampler.windows.finest_stride", finestStride);
    Requirement.between("sampler.windows.noise", noise, 0, 2);
  }
}
