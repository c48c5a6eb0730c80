/**
 * Drawing on large canvases through small windows: what a window sees and writes, where windows are
 * put, a classifier of glimpses, and chains whose cost does not grow with the canvas.
 */
package org.stic.attention;
