package org.stic.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cpu-driver")
class CaptureRangeTest {
  private static int capturing() {
    try {
      return (int)
          Driver.current()
              .bind("stic_simt_capturing", FunctionDescriptor.of(JAVA_INT))
              .invokeExact();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void outlivesTheDeviceThatItLooksAt() {
    Device device = Device.open(DeviceChoice.CPU);
    assertEquals(0, capturing());
    try (CaptureRange range = CaptureRange.begin().orElseThrow()) {
      assertEquals(1, capturing());
      device.close();
      assertEquals(1, capturing());
      assertNotNull(range);
    }
    assertEquals(0, capturing());
  }

  /** Asks for a range where there is no device. */
  static final class TooEarly {
    public static void main(String[] arguments) {
      System.out.println("range: " + CaptureRange.begin().isPresent());
    }
  }

  @Test
  void thereIsNoneBeforeADeviceWasOpened() throws IOException, InterruptedException {
    String output = OtherProcess.run(TooEarly.class, Map.of()).output();
    assertTrue(output.contains("range: false"), output);
  }
}
