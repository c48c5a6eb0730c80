package org.stic.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;

class CeilingsTest {
  /** Bounds that every machine keeps: slower than a disk, faster than any memory. */
  private static final double LEAST = 0.01;

  private static final double MOST = 100_000;

  @Test
  void copyAndProductAreMeasured() {
    try (Device device = Device.open(DeviceChoice.CPU)) {
      List<Ceiling> ceilings = Ceilings.measure(device, 96, 4 << 20);
      assertEquals(
          List.of("cuMemcpyDtoD", "affine", "matrix_product_nn"),
          ceilings.stream().map(Ceiling::by).toList());
      for (Ceiling ceiling : ceilings) {
        assertEquals(7, ceiling.samples().size());
        assertTrue(ceiling.rate() > LEAST && ceiling.rate() < MOST, ceiling::toString);
      }
    }
  }
}
