/**
 * Chains that draw images: canvases, the log-density of an image under class weights with its class
 * term and its Gram term, the rules that move chains, and whole chains as programs without host
 * synchronisation.
 */
package org.stic.sampler;
