/**
 * Labelled image sets: what is known about each, how its files are read, and how they are fetched.
 *
 * <p>A leaf: it knows nothing of devices, graphs or training. Pixels stay unsigned bytes in
 * off-heap or memory-mapped segments and become floats in [-1, 1] only where an image is read.
 */
package org.stic.data;
