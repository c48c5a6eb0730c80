/**
 * A course in measuring: each class is one trap, with the wrong way and the right way as benchmarks
 * of the same work. bench/README.md goes through them with what they print. They are no part of the
 * suite: {@code stic bench} runs one only if it is named.
 */
package org.stic.bench.samples;
