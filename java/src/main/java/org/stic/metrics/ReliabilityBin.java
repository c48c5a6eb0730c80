package org.stic.metrics;

/**
 * The images whose confidence lies in one interval.
 *
 * @param lower end of the interval, outside it
 * @param upper end of the interval, inside it
 * @param count images
 * @param confidence their mean confidence; NaN without images
 * @param accuracy fraction of them that were classified right; NaN without images
 */
public record ReliabilityBin(
    double lower, double upper, int count, double confidence, double accuracy) {}
