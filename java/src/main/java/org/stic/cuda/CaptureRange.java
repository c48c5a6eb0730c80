package org.stic.cuda;

import java.util.Optional;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;

/**
 * The part of a program that an attached tool such as Nsight Compute or Nsight Systems is to look
 * at, where it was told to wait for it. Without a tool it does nothing. It keeps the device's
 * context alive, so that it may begin and end around whatever opens and closes devices.
 */
public final class CaptureRange implements AutoCloseable {
  private final CUdevice device = new CUdevice();
  private final CUcontext context = new CUcontext();

  private CaptureRange() {
    Status.check(JCudaDriver.cuDeviceGet(device, 0), "cuDeviceGet");
    Status.check(JCudaDriver.cuDevicePrimaryCtxRetain(context, device), "cuDevicePrimaryCtxRetain");
    Status.check(JCudaDriver.cuCtxSetCurrent(context), "cuCtxSetCurrent");
    Status.check(JCudaDriver.cuProfilerStart(), "cuProfilerStart");
  }

  /** The tool begins to look; empty where this process has not opened a device yet. */
  public static Optional<CaptureRange> begin() {
    return Driver.isLoaded() ? Optional.of(new CaptureRange()) : Optional.empty();
  }

  /** The tool looks away, after all work of the device. */
  @Override
  public void close() {
    Status.check(JCudaDriver.cuCtxSetCurrent(context), "cuCtxSetCurrent");
    Status.check(JCudaDriver.cuCtxSynchronize(), "cuCtxSynchronize");
    Status.check(JCudaDriver.cuProfilerStop(), "cuProfilerStop");
    Status.checkRelease(JCudaDriver.cuDevicePrimaryCtxRelease(device), "cuDevicePrimaryCtxRelease");
  }
}
