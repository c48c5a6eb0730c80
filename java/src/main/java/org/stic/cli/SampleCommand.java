package org.stic.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.stic.data.ImageShape;
import org.stic.report.FilmStrip;
import org.stic.training.RunDirectory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stic sample}: draws images of one class or of a mixture. */
@Command(name = "sample", description = "Draw images of a class, or of a mixture of classes.")
final class SampleCommand implements Callable<Integer>, DeviceUser {
  private static final int COLUMNS = 8;
  private static final long FRAME_MILLIS = 600;

  @ParentCommand private SticCommand program;
  @Spec private CommandSpec spec;
  @Mixin private DeviceOption device;
  @Mixin private MathOption math;
  @Mixin private RunOption run;
  @Mixin private DrawingOptions drawing;

  @ArgGroup(multiplicity = "1")
  private Subject subject;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "16",
      description = "Number of images (default: 16).")
  private int count;

  @Option(
      names = "--out",
      paramLabel = "F.png",
      description = "The picture (default: in the run's samples/).")
  private Path out;

  @Option(
      names = "--strip",
      paramLabel = "F.png|F.gif",
      description =
          "Also show how one of them came about: the canvas after each drawing step, side by side"
              + " or moving (runs of attentive-stic).")
  private Path strip;

  /** What is to be seen. */
  private static final class Subject {
    @Option(names = "--class", paramLabel = "NAME", description = "Draw this class.")
    private String className;

    @Option(
        names = "--mix",
        paramLabel = "A:W,B:W",
        description = "Draw a mixture by relative weights, such as 3:0.5,8:0.5.")
    private String mixture;

    float[] weights(List<String> classNames) {
      return className != null
          ? ClassMixture.single(className, classNames)
          : ClassMixture.parse(mixture, classNames);
    }

    String fileName() {
      String text = className != null ? className : mixture;
      return text.replaceAll("[^A-Za-z0-9.]+", "-") + ".png";
    }
  }

  @Override
  public Integer call() throws IOException {
    Values.requireAtLeast("--count", count, 1);
    requireStripFormat();
    RunDirectory directory = math.apply(run.open());
    Path file =
        out != null ? out : directory.folder().resolve("samples").resolve(subject.fileName());
    RunDirectory adapted = drawing.adapt(directory, spec.commandLine().getErr());
    try (Studio studio = Studio.open(adapted, program.datasets(), device)) {
      float[][] weights = new float[count][];
      Arrays.fill(weights, subject.weights(studio.classNames()));
      var drawings = studio.classifier().draw(weights, drawing.settings(directory.configuration()));
      studio.write(file, drawings.images(), Math.min(count, COLUMNS));
      spec.commandLine().getOut().println(Studio.describe(drawings) + file);
      if (strip != null) {
        writeStrip(studio, weights[0], directory);
      }
    }
    return ExitCode.DONE;
  }

  private void requireStripFormat() {
    if (strip != null && !strip.toString().endsWith(".png") && !isAnimated()) {
      throw new UsageException("--strip writes a file ending in .png or .gif, not " + strip);
    }
  }

  private boolean isAnimated() {
    return strip.toString().endsWith(".gif");
  }

  private void writeStrip(Studio studio, float[] weights, RunDirectory run) throws IOException {
    List<float[]> frames =
        studio.classifier().strip(weights, drawing.settings(run.configuration()));
    ImageShape shape = studio.classifier().data().shape();
    FilmStrip film = new FilmStrip(shape.channels(), shape.height(), shape.width());
    if (isAnimated()) {
      film.writeGif(strip, frames, Duration.ofMillis(FRAME_MILLIS));
    } else {
      film.writePng(strip, frames);
    }
    spec.commandLine().getOut().println(frames.size() + " canvases: " + strip);
  }

  @Override
  public String lowersMemory() {
    return "--count";
  }
}
