package org.stic.settings;

import org.stic.sampler.Preconditioning;

/**
 * The exact steps that correct a drawing, with the Metropolis test.
 *
 * @param size first step size, adapted from there
 * @param temperature T
 * @param preconditioner what their proposals are scaled by
 */
public record ExactSettings(double size, double temperature, Preconditioning preconditioner) {
  public ExactSettings {
    Requirement.positive("sampler.exact.size", size);
    Requirement.positive("sampler.exact.temperature", temperature);
    Requirement.notNull("sampler.exact.preconditioner", preconditioner);
  }
}
