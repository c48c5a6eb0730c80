package org.stic.cuda;

import static jcuda.jcudnn.cudnnDeterminism.CUDNN_DETERMINISTIC;
import static jcuda.jcudnn.cudnnDeterminism.CUDNN_NON_DETERMINISTIC;
import static jcuda.jcudnn.cudnnMathType.CUDNN_FMA_MATH;
import static jcuda.jcudnn.cudnnMathType.CUDNN_TENSOR_OP_MATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Choosing, refusing and asking NVIDIA's libraries, as far as it goes without a GPU. */
@Tag("cpu-driver")
class VendorLibraryTest {
  @TempDir Path folder;

  @Test
  void knowsItsProviders() {
    assertEquals(Provider.VENDOR, Provider.parse("vendor"));
    assertEquals(
        "unknown provider 'cudnn': use one of kernels, vendor",
        assertThrows(IllegalArgumentException.class, () -> Provider.parse("cudnn")).getMessage());
  }

  @Test
  void namesAllThatIsMissing() throws Exception {
    try (Device device = Device.open(DeviceChoice.CPU)) {
      String message = refusal(device);
      assertTrue(
          message.startsWith(
              "--provider vendor needs an NVIDIA GPU with cuBLAS and cuDNN; not found: a GPU (the"
                  + " device is "),
          message);
      assertTrue(
          message.endsWith(
              "), libcublas.so.12 or libcublas.so.13, libcudnn.so.9; looked in [" + folder + "]"),
          message);
      Files.createFile(folder.resolve("libcublas.so.13"));
      Files.createFile(folder.resolve("libcudnn.so.9"));
      assertTrue(refusal(device).endsWith("); looked in [" + folder + "]"), refusal(device));
    }
  }

  private String refusal(Device device) {
    return assertThrows(
            DeviceUnavailableException.class, () -> NvidiaLibraries.open(device, List.of(folder)))
        .getMessage();
  }

  @Test
  void aDeviceWithoutTheLibrariesKeepsItsKernels() {
    try (Device device = Device.open(DeviceChoice.CPU)) {
      assertThrows(DeviceUnavailableException.class, () -> device.useProvider(Provider.VENDOR));
      device.useProvider(Provider.KERNELS);
      assertEquals(Optional.empty(), device.vendor());
      assertEquals(Optional.empty(), device.prepare(new VendorTask.Included()));
      PlainLibrary.on(device);
      assertEquals(Optional.of("plain loops"), device.vendor());
    }
  }

  private static CudnnAlgorithm algorithm(
      int number, int status, long memory, int determinism, int mathType) {
    return new CudnnAlgorithm(number, status, memory, determinism, mathType);
  }

  @Test
  void takesTheFastestAlgorithmThatIsExactReproducibleAndSmall() {
    List<CudnnAlgorithm> byTime =
        List.of(
            algorithm(1, 9, 0, CUDNN_DETERMINISTIC, CUDNN_FMA_MATH),
            algorithm(2, 0, 101, CUDNN_DETERMINISTIC, CUDNN_FMA_MATH),
            algorithm(3, 0, 100, CUDNN_NON_DETERMINISTIC, CUDNN_FMA_MATH),
            algorithm(4, 0, 100, CUDNN_DETERMINISTIC, CUDNN_TENSOR_OP_MATH),
            algorithm(5, 0, 100, CUDNN_DETERMINISTIC, CUDNN_FMA_MATH),
            algorithm(6, 0, 0, CUDNN_DETERMINISTIC, CUDNN_FMA_MATH));
    assertEquals(5, CudnnAlgorithm.choose(byTime, 100));
    assertThrows(
        IllegalArgumentException.class, () -> CudnnAlgorithm.choose(byTime.subList(0, 4), 100));
  }
}
