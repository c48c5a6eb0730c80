/**
 * The recurrent self-analysis: settings, objectives, fakes, passes, evaluation and run directories.
 */
package org.stic.training;
