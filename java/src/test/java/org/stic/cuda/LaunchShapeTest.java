package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LaunchShapeTest {
  private static final DeviceProperties LIMITS =
      new DeviceProperties(
          "test", 12060, 9, 0, 1, 1, 1, 1024, Integer.MAX_VALUE, 65535, 65535, 49152, 0);
  private static final Geometry GEOMETRY = new Geometry(128, 32, 4, 1);

  @Test
  void coversTheExtentsByTiles() {
    assertEquals(
        new LaunchShape("k", 1, 1, 1, 128, 0),
        LaunchShape.covering("k", GEOMETRY, 1, 1, 1, LIMITS));
    assertEquals(
        new LaunchShape("k", 2, 3, 7, 128, 0),
        LaunchShape.covering("k", GEOMETRY, 33, 9, 7, LIMITS));
    assertEquals(1L << 35, GEOMETRY.gridX(1L << 40));
  }

  @Test
  void refusesWhatTheDeviceDoesNotAllow() {
    refused("at least 1", GEOMETRY, 0, 1, 1);
    refused("blocks along x", GEOMETRY, 1L << 40, 1, 1);
    refused("65536 blocks along y, but the device allows 65535", GEOMETRY, 1, 4L * 65536, 1);
    refused("blocks along z", GEOMETRY, 1, 1, 65536);
    refused("2048 threads per block, but test allows 1024", new Geometry(2048, 1, 1, 1), 1, 1, 1);
  }

  private static void refused(String reason, Geometry geometry, long x, long y, long z) {
    Exception refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> LaunchShape.covering("k", geometry, x, y, z, LIMITS));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }
}
