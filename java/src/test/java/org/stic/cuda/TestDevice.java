package org.stic.cuda;

/**
 * The device that the driver's behaviour is tested on: the CPU, or with {@code -Dtests.device=cuda}
 * a GPU, which must behave alike. Not "auto", because a process has one driver and other tests need
 * the CPU's.
 */
final class TestDevice {
  private TestDevice() {}

  static Device open() {
    return Device.open(DeviceChoice.parse(System.getProperty("tests.device", "cpu")));
  }
}
