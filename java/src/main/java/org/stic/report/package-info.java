/**
 * What people and programs read of a run: pictures, metrics files, progress, tables and the report
 * page.
 *
 * <p>A leaf: it knows images as floats and measurements as names with values, and nothing of how
 * they were made.
 */
package org.stic.report;
