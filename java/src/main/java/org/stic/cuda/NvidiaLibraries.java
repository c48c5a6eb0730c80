package org.stic.cuda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcuda.jcublas.JCublas2;
import jcuda.jcudnn.JCudnn;
import org.stic.cuda.VendorTask.ConvolutionBackwardData;
import org.stic.cuda.VendorTask.ConvolutionBackwardFilter;
import org.stic.cuda.VendorTask.ConvolutionForward;
import org.stic.cuda.VendorTask.Included;
import org.stic.cuda.VendorTask.Product;

/**
 * NVIDIA's cuBLAS and cuDNN on a GPU. Both work in single precision without TF32, in the device's
 * own stream, with one scratch memory that their tasks use in turn.
 */
final class NvidiaLibraries implements VendorLibrary {
  private static final long WORKSPACE_BYTES = 64L << 20;

  private final DeviceMemory workspace;
  private final Cublas cublas;
  private final CudnnConvolutions cudnn;

  private NvidiaLibraries(DeviceMemory workspace, Cublas cublas, CudnnConvolutions cudnn) {
    this.workspace = workspace;
    this.cublas = cublas;
    this.cudnn = cudnn;
  }

  /**
   * Loads and starts the libraries.
   *
   * @throws DeviceUnavailableException naming all that was not found
   */
  static NvidiaLibraries open(Device device, List<Path> folders) {
    Optional<Path> cublas12 = find(folders, JCublas12.LIBRARY);
    Optional<Path> cublas13 = find(folders, PanamaCublas13.LIBRARY);
    Optional<Path> cudnn = find(folders, CudnnConvolutions.LIBRARY);
    List<String> missing = new ArrayList<>();
    if (!device.isGpu()) {
      missing.add("a GPU (the device is %s)".formatted(device.name()));
    }
    if (cublas12.isEmpty() && cublas13.isEmpty()) {
      missing.add(JCublas12.LIBRARY + " or " + PanamaCublas13.LIBRARY);
    }
    if (cudnn.isEmpty()) {
      missing.add(CudnnConvolutions.LIBRARY);
    }
    if (!missing.isEmpty()) {
      throw refusal("not found: " + String.join(", ", missing) + "; looked in " + folders);
    }
    try {
      DeviceMemory workspace = device.allocate(WORKSPACE_BYTES);
      return new NvidiaLibraries(
          workspace, startCublas(cublas12, cublas13, workspace), startCudnn(cudnn, workspace));
    } catch (LinkageError | IllegalArgumentException | VendorException e) {
      throw refusal("they do not start: " + e.getMessage());
    }
  }

  private static Cublas startCublas(
      Optional<Path> cublas12, Optional<Path> cublas13, DeviceMemory workspace) {
    if (cublas12.isEmpty()) {
      return new PanamaCublas13(cublas13.orElseThrow(), workspace);
    }
    // JCublas asks for the library by name; it is found because it is in the process already.
    loadBeside(cublas12.get(), "libcublasLt.so.12");
    System.load(cublas12.get().toString());
    JCublas2.initialize();
    return new JCublas12(workspace);
  }

  private static CudnnConvolutions startCudnn(Optional<Path> cudnn, DeviceMemory workspace) {
    System.load(cudnn.orElseThrow().toString());
    JCudnn.initialize();
    return new CudnnConvolutions(workspace);
  }

  private static void loadBeside(Path library, String name) {
    Path needed = library.resolveSibling(name);
    if (Files.exists(needed)) {
      System.load(needed.toString());
    }
  }

  private static Optional<Path> find(List<Path> folders, String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name).toAbsolutePath())
        .filter(Files::exists)
        .findFirst();
  }

  private static DeviceUnavailableException refusal(String reason) {
    return new DeviceUnavailableException(
        "--provider vendor needs an NVIDIA GPU with cuBLAS and cuDNN; " + reason);
  }

  @Override
  public DeviceWork prepare(VendorTask task) {
    return switch (task) {
      case Product product -> cublas.product(product);
      case ConvolutionForward forward -> cudnn.forward(forward);
      case ConvolutionBackwardData backward -> cudnn.backwardData(backward);
      case ConvolutionBackwardFilter backward -> cudnn.backwardFilter(backward);
      case Included _ -> _ -> {};
    };
  }

  @Override
  public String description() {
    return "cuBLAS %d, cuDNN %d".formatted(cublas.version(), cudnn.version());
  }

  @Override
  public void close() {
    cudnn.close();
    cublas.close();
    workspace.close();
  }
}
