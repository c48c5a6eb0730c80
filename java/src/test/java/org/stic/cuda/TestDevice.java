package org.stic.cuda;

/**
 * The device that everything is tested on: the CPU, or with {@code -Dtests.device=cuda} a GPU,
 * which must behave alike; there {@code -Dtests.provider=vendor} computes products and convolutions
 * by cuBLAS and cuDNN. Not "auto", because a process has one driver and other tests need the CPU's.
 */
public final class TestDevice {
  private TestDevice() {}

  /** The device of this run of the tests; the caller closes it. */
  public static Device open() {
    Device device = Device.open(DeviceChoice.parse(System.getProperty("tests.device", "cpu")));
    device.useProvider(Provider.parse(System.getProperty("tests.provider", "kernels")));
    return device;
  }
}
