/**
 * Methods against each other under the same budget: which runs are made, what they came to, and the
 * table and the page about it.
 */
package org.stic.comparison;
