package org.stic.bench.profile;

import org.stic.cuda.Device;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.DeviceWork;
import org.stic.kernels.Unary;
import org.stic.kernels.UnaryFunction;

/**
 * Drives everything out of the cache before the memory by reading and writing a buffer that is
 * larger: it negates the buffer in place.
 */
final class CacheFlush implements AutoCloseable {
  private static final long UNKNOWN_CACHE = 64L << 20;

  private final DeviceMemory buffer;
  private final DeviceWork negation;

  /** Flushes by so many bytes; 0 takes twice the cache that the device states. */
  CacheFlush(Device device, long bytes) {
    long elements = (bytes > 0 ? bytes : standardBytes(device)) / Float.BYTES;
    buffer = device.allocate(Float.BYTES * elements);
    buffer.zero();
    negation =
        Unary.apply(buffer.address(), buffer.address(), elements, UnaryFunction.NEGATE, 0)
            .bind(device);
  }

  private static long standardBytes(Device device) {
    long cache = device.properties().cacheBytes();
    return cache > 0 ? 2 * cache : UNKNOWN_CACHE;
  }

  DeviceWork work() {
    return negation;
  }

  long bytes() {
    return buffer.bytes();
  }

  @Override
  public void close() {
    buffer.close();
  }
}
