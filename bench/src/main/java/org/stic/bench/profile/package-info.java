/**
 * What a benchmark's time is made of: device time by the driver's events, the state of the machine
 * while it was taken, and the hand-off to other tools. The profilers here are JMH's, for {@code
 * -prof}.
 */
package org.stic.bench.profile;
