package org.stic.cuda;

/**
 * The device that everything is tested on: the CPU, or with {@code -Dtests.device=cuda} a GPU,
 * which must behave alike. Not "auto", because a process has one driver and other tests need the
 * CPU's.
 */
public final class TestDevice {
  private TestDevice() {}

  /** The device of this run of the tests; the caller closes it. */
  public static Device open() {
    return Device.open(DeviceChoice.parse(System.getProperty("tests.device", "cpu")));
  }
}
