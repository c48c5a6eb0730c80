/**
 * Random numbers on the host as a pure function of a key: no generator state is ever stored, so a
 * run that is resumed draws the numbers that the uninterrupted run would have drawn.
 */
package org.stic.random;
