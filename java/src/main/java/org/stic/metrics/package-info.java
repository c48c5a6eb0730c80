/** Figures of merit as plain arithmetic on arrays: no device, no files. */
package org.stic.metrics;
