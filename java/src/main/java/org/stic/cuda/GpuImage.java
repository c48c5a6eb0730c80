package org.stic.cuda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Kernels for a GPU: the image that was built, which holds machine code for the usual architectures
 * and PTX from which the driver makes it for later ones; else what is compiled here from source.
 */
final class GpuImage {
  private static final System.Logger LOG = System.getLogger(GpuImage.class.getName());

  /** Why a driver refuses an image whose kernels are fine, by the code of CUresult. */
  private static final Map<Integer, String> REFUSALS =
      Map.of(
          209, "it has neither machine code nor usable PTX for this GPU",
          218, "this driver's compiler does not accept its PTX",
          221, "this driver has no PTX compiler",
          222, "its PTX is newer than this driver, which should be updated",
          223, "compiling PTX is switched off (CUDA_DISABLE_PTX_JIT or CUDA_FORCE_JIT)");

  private GpuImage() {}

  /**
   * Loads the kernels into the current context.
   *
   * @param built the image from the build, which may be missing
   * @param architecture of the GPU, such as sm_90
   * @throws DeviceUnavailableException saying what was tried, if there are none
   */
  static KernelModule load(Path built, CompiledImage compiled, String architecture) {
    String refusal = built + " does not exist";
    if (Files.exists(built)) {
      try {
        return new KernelModule(built);
      } catch (DeviceException e) {
        if (!REFUSALS.containsKey(e.code())) {
          throw e;
        }
        refusal =
            "%s cannot be used on %s: %s (%s)"
                .formatted(built, architecture, REFUSALS.get(e.code()), e.codeName());
      }
    }
    LOG.log(System.Logger.Level.INFO, refusal);
    try {
      return new KernelModule(compiled.file(architecture));
    } catch (DeviceUnavailableException e) {
      throw new DeviceUnavailableException(refusal + "; " + e.getMessage(), e);
    }
  }
}
