package org.stic.settings;

/**
 * What a pass of training costs, apart from any machine.
 *
 * @param imageGradients gradients of an image's log-density: one for each step of each chain
 * @param updates updates of the classifier
 */
public record Budget(long imageGradients, long updates) {}
