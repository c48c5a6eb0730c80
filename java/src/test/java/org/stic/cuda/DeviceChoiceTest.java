package org.stic.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
  @Test
  void readsWhatItWrites() {
    for (DeviceChoice choice : DeviceChoice.values()) {
      assertEquals(choice, DeviceChoice.parse(choice.flag()));
    }
    assertEquals(DeviceChoice.CPU, DeviceChoice.parse("CPU"));
  }

  @Test
  void namesTheKnownDevices() {
    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> DeviceChoice.parse("tpu"));
    assertEquals("unknown device 'tpu': use one of auto, cuda, cpu", refused.getMessage());
  }
}
