/**
 * Results of benchmarks: the files that hold them, the statistics of their samples, and what is
 * said about two or many of them.
 */
package org.stic.bench.result;
