package org.stic.bench.result;

/**
 * One row of two files beside each other.
 *
 * @param key of the row
 * @param unit of the medians; empty where they are ratios against a peer
 * @param before median in the first file
 * @param after median in the second file
 * @param change after over before, with its interval: how many times as large the value has become
 * @param verdict what that means
 * @param remark why nothing more can be said; empty where the samples speak for themselves
 */
record RowComparison(
    RowKey key,
    String unit,
    double before,
    double after,
    ShiftEstimate change,
    Verdict verdict,
    String remark) {}
