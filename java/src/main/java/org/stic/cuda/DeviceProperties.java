package org.stic.cuda;

import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_CLOCK_RATE;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_X;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Y;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Z;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT;

import java.nio.charset.StandardCharsets;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;

/**
 * What a device is and what its launches may ask for, as the driver states it.
 *
 * @param name the device's name
 * @param driverVersion CUDA version of the driver, major * 1000 + minor * 10
 * @param computeMajor compute capability, first number
 * @param computeMinor compute capability, second number
 * @param multiprocessors streaming multiprocessors; cores on the CPU
 * @param clockKilohertz peak clock
 * @param memoryBytes device memory
 * @param maxThreadsPerBlock largest block
 * @param maxGridX most blocks along x
 * @param maxGridY most blocks along y
 * @param maxGridZ most blocks along z
 * @param maxSharedBytesPerBlock shared memory that one block may use
 * @param cacheBytes the cache before the memory, L2 of a GPU; 0 if the driver does not know it
 */
public record DeviceProperties(
    String name,
    int driverVersion,
    int computeMajor,
    int computeMinor,
    int multiprocessors,
    int clockKilohertz,
    long memoryBytes,
    int maxThreadsPerBlock,
    int maxGridX,
    int maxGridY,
    int maxGridZ,
    int maxSharedBytesPerBlock,
    int cacheBytes) {

  static DeviceProperties of(CUdevice device) {
    return new DeviceProperties(
        name(device),
        driverVersionNumber(),
        attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
        attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
        attribute(device, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
        attribute(device, CU_DEVICE_ATTRIBUTE_CLOCK_RATE),
        totalMemory(device),
        attribute(device, CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK),
        attribute(device, CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_X),
        attribute(device, CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Y),
        attribute(device, CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Z),
        attribute(device, CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK),
        attribute(device, CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE));
  }

  /** The driver's CUDA version as it is usually written, such as 12.6. */
  public String cudaVersion() {
    return driverVersion / 1000 + "." + driverVersion % 1000 / 10;
  }

  private static String name(CUdevice device) {
    byte[] text = new byte[256];
    Status.check(JCudaDriver.cuDeviceGetName(text, text.length, device), "cuDeviceGetName");
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  private static int driverVersionNumber() {
    int[] version = new int[1];
    Status.check(JCudaDriver.cuDriverGetVersion(version), "cuDriverGetVersion");
    return version[0];
  }

  private static long totalMemory(CUdevice device) {
    long[] bytes = new long[1];
    Status.check(JCudaDriver.cuDeviceTotalMem(bytes, device), "cuDeviceTotalMem");
    return bytes[0];
  }

  private static int attribute(CUdevice device, int attribute) {
    int[] value = new int[1];
    Status.check(
        JCudaDriver.cuDeviceGetAttribute(value, attribute, device), "cuDeviceGetAttribute");
    return value[0];
  }
}
