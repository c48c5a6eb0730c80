/**
 * How much a sampler's chains are worth: effective samples a second, and gradients of the density
 * for each of them.
 */
package org.stic.bench.efficiency;
