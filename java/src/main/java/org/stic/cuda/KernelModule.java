package org.stic.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;

/** The loaded kernel image with its functions and their geometries. */
final class KernelModule {
  private static final int GEOMETRY_INTS = 4;

  /** What a block may have without asking. */
  private static final int USUAL_SHARED_BYTES = 48 << 10;

  private final Path file;
  private final CUmodule module = new CUmodule();
  private final Map<String, Kernel> kernels = new HashMap<>();

  /** Loads the image into the current context. */
  KernelModule(Path file) {
    this.file = file;
    try {
      Status.check(
          JCudaDriver.cuModuleLoadData(module, Files.readAllBytes(file)), "cuModuleLoadData");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the kernel image " + file, e);
    }
  }

  Path file() {
    return file;
  }

  /**
   * Looks up a kernel; found ones are kept.
   *
   * @throws IllegalArgumentException if the image has no such kernel
   */
  Kernel kernel(String name) {
    return kernels.computeIfAbsent(name, this::find);
  }

  /** Whether the image has a kernel of that name. */
  boolean has(String name) {
    if (kernels.containsKey(name)) {
      return true;
    }
    int code = JCudaDriver.cuModuleGetFunction(new CUfunction(), module, name);
    if (code != Status.NOT_FOUND) {
      Status.check(code, "cuModuleGetFunction");
    }
    return code != Status.NOT_FOUND;
  }

  void unload() {
    Status.checkRelease(JCudaDriver.cuModuleUnload(module), "cuModuleUnload");
  }

  private Kernel find(String name) {
    CUfunction function = new CUfunction();
    int code = JCudaDriver.cuModuleGetFunction(function, module, name);
    if (code == Status.NOT_FOUND) {
      throw new IllegalArgumentException("no kernel '%s' in the image %s".formatted(name, file));
    }
    Status.check(code, "cuModuleGetFunction");
    return new Kernel(name, geometry(name), sharedBytes(name, function), Handles.raw(function));
  }

  /** The dynamic shared memory that the kernel states; more than usual is asked for here. */
  private int sharedBytes(String kernel, CUfunction function) {
    int bytes = integers(kernel + "_shared", 1).map(values -> values[0]).orElse(0);
    if (bytes > USUAL_SHARED_BYTES) {
      Status.check(
          JCudaDriver.cuFuncSetAttribute(
              function,
              CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
              bytes),
          "cuFuncSetAttribute");
    }
    return bytes;
  }

  private Geometry geometry(String kernel) {
    int[] values =
        integers(kernel + "_geometry", GEOMETRY_INTS)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "kernel '%s' in %s states no geometry; export it with SIMT_KERNEL"
                            .formatted(kernel, file)));
    return new Geometry(values[0], values[1], values[2], values[3]);
  }

  /** The values of a global of that many ints; empty if the module has none. */
  private Optional<int[]> integers(String global, int count) {
    CUdeviceptr address = new CUdeviceptr();
    long[] bytes = new long[1];
    int code = JCudaDriver.cuModuleGetGlobal(address, bytes, module, global);
    if (code == Status.NOT_FOUND
        || (code == Status.SUCCESS && bytes[0] != (long) count * Integer.BYTES)) {
      return Optional.empty();
    }
    Status.check(code, "cuModuleGetGlobal");
    int[] values = new int[count];
    Status.check(JCudaDriver.cuMemcpyDtoH(Pointer.to(values), address, bytes[0]), "cuMemcpyDtoH");
    return Optional.of(values);
  }
}
