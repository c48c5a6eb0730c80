/**
 * The command line: reads words, checks them, calls the library and tells what came of it.
 *
 * <p>Exit codes: 0 done, 1 the work failed, 2 wrong use, 130 interrupted. Problems are one sentence
 * on the error stream; stack traces only with {@code --debug}.
 */
package org.stic.cli;
