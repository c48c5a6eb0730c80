/** The recurrent self-analysis: objectives, fakes, passes, evaluation and run directories. */
package org.stic.training;
