/** What an update minimises: terms of the loss as functions of one batch, a file each. */
package org.stic.objective;
