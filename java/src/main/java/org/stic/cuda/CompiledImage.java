package org.stic.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.stic.cuda.Nvrtc.CompilationException;

/**
 * Kernels that are compiled on the user's machine, for a GPU that no image was built for. Compiling
 * takes a minute, once: the result is kept under a name that tells source, compiler and options.
 */
final class CompiledImage {
  private static final System.Logger LOG = System.getLogger(CompiledImage.class.getName());
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

  private final List<Path> folders;
  private final Path cache;
  private final KernelSources sources;

  /**
   * Prepares, without looking for anything.
   *
   * @param folders where NVRTC is looked for
   * @param cache where images are kept
   */
  CompiledImage(List<Path> folders, Path cache, KernelSources sources) {
    this.folders = folders;
    this.cache = cache;
    this.sources = sources;
  }

  /** With the program's own sources, kept in the user's cache. */
  static CompiledImage inUserCache(NativeFolder folder) {
    return new CompiledImage(LibraryFinding.folders(folder), userCache(), KernelSources.load());
  }

  /**
   * The image for an architecture, compiled now or before.
   *
   * @param architecture such as sm_90
   * @throws DeviceUnavailableException if there is no compiler, or none that knows the architecture
   */
  Path file(String architecture) {
    List<String> problems = new ArrayList<>();
    for (Path library : Nvrtc.find(folders)) {
      try {
        return file(Nvrtc.load(library), architecture);
      } catch (CompilationException e) {
        problems.add(e.getMessage());
      }
    }
    throw new DeviceUnavailableException(
        problems.isEmpty() ? Nvrtc.problem(folders) : String.join("; ", problems));
  }

  private Path file(Nvrtc compiler, String architecture) throws CompilationException {
    List<String> options = List.of("--gpu-architecture=" + architecture, "--std=c++17");
    String version = compiler.version();
    Path file = cache.resolve(architecture + "-" + hash(version, options) + ".cubin");
    if (!isImage(file)) {
      LOG.log(
          System.Logger.Level.INFO,
          "compiling the kernels for {0} with NVRTC {1}: a minute or two, once",
          architecture,
          version);
      keep(file, compiler.compile(sources.unit(), sources.files(), options));
    }
    return file;
  }

  private String hash(String version, List<String> options) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((version + options + "\0").getBytes(StandardCharsets.UTF_8));
      sources
          .files()
          .forEach(
              (name, text) ->
                  digest.update((name + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static boolean isImage(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try (var content = Files.newInputStream(file)) {
      return Arrays.equals(content.readNBytes(ELF.length), ELF);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Other processes see all of the file or none. */
  private static void keep(Path file, byte[] image) {
    try {
      Files.createDirectories(file.getParent());
      Path unfinished = Files.createTempFile(file.getParent(), file.getFileName().toString(), "");
      Files.write(unfinished, image);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new DeviceUnavailableException(
          "the compiled kernels cannot be kept as %s (%s); name another folder by XDG_CACHE_HOME"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static Path userCache() {
    String named = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home"), ".cache");
    return (named == null || named.isEmpty() ? home : Path.of(named)).resolve("stic/kernels");
  }
}
