/**
 * Packs the program with a Java runtime, natives, tests and benchmarks into one folder and archive
 * that runs on a machine without Java. Uses nothing else of this program.
 */
package org.stic.bundle;
