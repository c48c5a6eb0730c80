package org.stic.cuda;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;

/**
 * A device with its primary context, its kernels and one stream for computing. A process has one
 * driver; several devices opened in it share the context.
 *
 * <p>Threads: a device and what it owns are used by one thread at a time. The thread that opens it
 * may use it at once, any other calls {@link #makeCurrent()} first, once.
 */
public final class Device implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Device.class.getName());

  private final Driver driver;
  private final CUdevice device;
  private final CUcontext context;
  private final DeviceProperties properties;
  private final KernelModule module;
  private final Set<DeviceResource> open = new LinkedHashSet<>();
  private final List<DeviceMemory> scratch = new ArrayList<>();
  private final Stream stream;
  private boolean checksLaunches;
  private Nvtx ranges;
  private VendorLibrary vendor;
  private MathMode math = MathMode.FP32;
  private KernelPreferences preferences = KernelPreferences.NONE;
  private Consumer<String> explanations;
  private boolean closed;

  private Device(Driver driver, KernelImage image) {
    this.driver = driver;
    this.device = firstDevice();
    this.properties = DeviceProperties.of(device);
    this.context = retainContext(device);
    makeCurrent();
    this.module = loadKernels(image, NativeFolder.locate());
    this.stream = Stream.create(this);
    if (Nvtx.isAskedFor(System.getenv(Nvtx.VARIABLE))) {
      nameRangesIfFound(LibraryFinding.folders(NativeFolder.locate()));
    }
  }

  /** Opens a device with its fast kernels. */
  public static Device open(DeviceChoice choice) {
    return open(choice, KernelImage.DEFAULT);
  }

  /**
   * Opens a device.
   *
   * @throws DeviceUnavailableException with the reason and the remedy, if the choice cannot be had
   */
  public static Device open(DeviceChoice choice, KernelImage image) {
    return new Device(Driver.load(choice, image), image);
  }

  /** The device's name as the driver states it. */
  public String name() {
    return properties.name();
  }

  /** Whether this is an NVIDIA GPU, else the CPU. */
  public boolean isGpu() {
    return driver.isGpu();
  }

  public DeviceProperties properties() {
    return properties;
  }

  /** The file that the kernels were loaded from. */
  public Path kernelImage() {
    return module.file();
  }

  /** The stream that computations and copies use unless another is given; owned by the device. */
  public Stream stream() {
    return stream;
  }

  /**
   * From now on waits after each launch, so that a kernel that fails is named; slow. Without it a
   * GPU reports a failed kernel at some later call.
   */
  public void checkEveryLaunch() {
    checksLaunches = true;
  }

  /** Whether each launch is waited for. */
  public boolean checksLaunches() {
    return checksLaunches;
  }

  /** From now on marks named work on the time line of profiling tools; tells where it cannot. */
  void nameRangesIfFound(List<Path> folders) {
    ranges = Nvtx.find(folders).orElse(null);
    if (ranges == null) {
      LOG.log(Level.WARNING, Nvtx.problem(folders));
    }
  }

  /**
   * The same work, marked by this name on the time line of profiling tools if the environment's
   * STIC_NVTX is 1 and NVTX was found.
   */
  public DeviceWork named(String name, DeviceWork work) {
    return ranges == null ? work : ranges.named(name, work);
  }

  /**
   * Whether kernels are launched one by one where a graph would do: to wait for each, or because a
   * name on the time line is a launch's and not a graph's.
   */
  public boolean launchesSingly() {
    return checksLaunches || ranges != null;
  }

  /** The device's place on the PCI bus, such as {@code 0000:3B:00.0}. */
  public String busId() {
    String[] id = new String[1];
    Status.check(JCudaDriver.cuDeviceGetPCIBusId(id, 32, device), "cuDeviceGetPCIBusId");
    return id[0];
  }

  /**
   * From now on prepares dense products and convolutions for this provider.
   *
   * @throws DeviceUnavailableException naming what was not found
   */
  public void useProvider(Provider provider) {
    requireOpen();
    if (provider == Provider.VENDOR && vendor == null) {
      NativeFolder folder = NativeFolder.locate();
      useVendor(NvidiaLibraries.open(this, LibraryFinding.folders(folder)));
    }
  }

  /** As {@link #useProvider} with a library that is open; the device closes it. */
  void useVendor(VendorLibrary library) {
    vendor = library;
  }

  /** The vendor's libraries that are used, with their versions; empty without any. */
  public Optional<String> vendor() {
    return Optional.ofNullable(vendor).map(VendorLibrary::description);
  }

  /** Prepares a task for the vendor's libraries; empty where they are not used. */
  public Optional<DeviceWork> prepare(VendorTask task) {
    requireOpen();
    return Optional.ofNullable(vendor).map(library -> checked(library.prepare(task)));
  }

  private DeviceWork checked(DeviceWork work) {
    return target -> {
      work.enqueue(target);
      if (checksLaunches) {
        Status.check(target.awaitCode(), "a kernel of cuBLAS or cuDNN");
      }
    };
  }

  /** From now on programs compute in this arithmetic, unless they ask for another. */
  public void useMath(MathMode mode) {
    math = mode;
  }

  /** The arithmetic of programs that do not ask for another. */
  public MathMode math() {
    return math;
  }

  /** From now on chooses between kernels by these measurements. */
  public void prefer(KernelPreferences measured) {
    preferences = measured;
  }

  /** The measurements to choose between kernels by. */
  public KernelPreferences preferences() {
    return preferences;
  }

  /** From now on tells the listener which kernels serve each program that is made, and why. */
  public void explainTo(Consumer<String> listener) {
    explanations = listener;
  }

  /** Offers an explanation to the listener, if there is one. */
  public void explain(Supplier<String> explanation) {
    if (explanations != null) {
      explanations.accept(explanation.get());
    }
  }

  /** Lets the calling thread use this device. */
  public void makeCurrent() {
    requireOpen();
    Status.check(JCudaDriver.cuCtxSetCurrent(context), "cuCtxSetCurrent");
  }

  /**
   * Allocates device memory; its content is undefined.
   *
   * @throws OutOfDeviceMemoryException if it does not fit
   */
  public DeviceMemory allocate(long bytes) {
    requireOpen();
    CUdeviceptr pointer = new CUdeviceptr();
    int code = JCudaDriver.cuMemAlloc(pointer, bytes);
    if (code == Status.OUT_OF_MEMORY) {
      throw Status.outOfMemory(bytes, freeBytes());
    }
    Status.check(code, "cuMemAlloc");
    return own(new DeviceMemory(this, pointer, bytes));
  }

  /**
   * Memory of at least so many bytes for the inner results of works that run one after another on
   * this device's stream, which all share it; it stays where it is until the device is closed.
   */
  public DeviceMemory scratch(long bytes) {
    if (scratch.isEmpty() || scratch.getLast().bytes() < bytes) {
      scratch.add(allocate(bytes));
    }
    return scratch.getLast();
  }

  /** Device memory that is free now. */
  public long freeBytes() {
    long[] free = new long[1];
    Status.check(JCudaDriver.cuMemGetInfo(free, new long[1]), "cuMemGetInfo");
    return free[0];
  }

  /** Device memory that this object has allocated and not freed. */
  public long allocatedBytes() {
    return open.stream()
        .mapToLong(resource -> resource instanceof DeviceMemory memory ? memory.bytes() : 0)
        .sum();
  }

  /**
   * A kernel of the loaded image.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Kernel kernel(String name) {
    requireOpen();
    return module.kernel(name);
  }

  /** Whether the loaded image has a kernel of that name. */
  public boolean hasKernel(String name) {
    requireOpen();
    return module.has(name);
  }

  /** Waits for all work of the device's own stream, and throws what went wrong in it. */
  public void synchronize() {
    stream.synchronize();
  }

  /**
   * Releases the device and what is left of its resources; a warning names those that their owners
   * forgot.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    makeCurrent();
    if (vendor != null) {
      vendor.close();
    }
    stream.close();
    scratch.forEach(DeviceMemory::close);
    releaseForgotten();
    module.unload();
    closed = true;
    Status.checkRelease(JCudaDriver.cuDevicePrimaryCtxRelease(device), "cuDevicePrimaryCtxRelease");
  }

  /** Keeps track of a new resource. */
  <T extends DeviceResource> T own(T resource) {
    open.add(resource);
    return resource;
  }

  void forget(DeviceResource resource) {
    open.remove(resource);
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the device was closed");
    }
  }

  private void releaseForgotten() {
    List<DeviceResource> forgotten = new ArrayList<>(open);
    if (!forgotten.isEmpty()) {
      // After a failure nobody forgot them: what the failure cut short could not close them.
      LOG.log(
          Status.hasFailed() ? Level.DEBUG : Level.WARNING,
          "{0} resources were still open when their device closed, and are released now; the first:"
              + " {1}",
          forgotten.size(),
          forgotten.getFirst().description());
    }
    forgotten.reversed().forEach(DeviceResource::close);
  }

  private KernelModule loadKernels(KernelImage image, NativeFolder folder) {
    return driver.isGpu()
        ? GpuImage.load(
            KernelImages.gpuFile(folder),
            CompiledImage.inUserCache(folder),
            "sm_" + properties.computeMajor() + properties.computeMinor())
        : new KernelModule(KernelImages.choose(image, folder));
  }

  private static CUdevice firstDevice() {
    CUdevice device = new CUdevice();
    Status.check(JCudaDriver.cuDeviceGet(device, 0), "cuDeviceGet");
    return device;
  }

  private static CUcontext retainContext(CUdevice device) {
    CUcontext context = new CUcontext();
    Status.check(JCudaDriver.cuDevicePrimaryCtxRetain(context, device), "cuDevicePrimaryCtxRetain");
    return context;
  }
}
