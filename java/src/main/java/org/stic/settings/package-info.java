/**
 * Everything that a user may set, as immutable records that check themselves, and their TOML form.
 */
package org.stic.settings;
