/**
 * Chains that draw images: the log-density of an image under class weights, the approximate and the
 * exact Langevin sampler, and whole chains as programs without host synchronisation.
 */
package org.stic.sampler;
