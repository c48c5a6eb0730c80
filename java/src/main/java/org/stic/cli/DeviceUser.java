package org.stic.cli;

/** A command that computes on a device, for what its user may do when the device fails. */
interface DeviceUser {

  /** The options or settings that lower its use of memory, as the end of the word "lower". */
  String lowersMemory();

  /** What a failure leaves of the work, and how to go on; empty where there is nothing to keep. */
  default String kept() {
    return "";
  }
}
