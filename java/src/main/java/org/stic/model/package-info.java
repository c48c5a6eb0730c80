/**
 * Networks as lists of layers over one flat vector of parameters, and the file format that keeps
 * them.
 */
package org.stic.model;
