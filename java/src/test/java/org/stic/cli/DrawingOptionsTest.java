package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every option of a drawing takes effect, or is refused where the sampler does not use it. */
class DrawingOptionsTest {
  private static final String CLASS_TEXTURE =
      "sampler.gram = {weight = 20, loss = 'quadratic', layers = [{name = '1', weight = 1}],"
          + " target = {kind = 'class-mean', images = 5}}";

  @TempDir static Path folder;
  private static TinyRun machine;
  private static Path run;
  private static byte[] usual;

  @BeforeAll
  static void train() throws IOException {
    machine = new TinyRun(folder);
    run = folder.resolve("run");
    Path settings = TinyRun.writeSettings(folder.resolve("settings.toml"), CLASS_TEXTURE);
    CommandLineRun training = machine.train(settings, run, new StringWriter());
    assertEquals(0, training.code(), training.err());
    picture("small.png", 5, 5);
    picture("right.png", 28, 28);
    Files.writeString(folder.resolve("text.png"), "no picture");
    usual = draw("usual");
  }

  private static void picture(String name, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(width / 2, height / 2, 0xff8000);
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  private static byte[] draw(String name, String... options) throws IOException {
    Path file = folder.resolve(name + ".picture.png");
    CommandLineRun drawn = sample(name, options);
    assertEquals(0, drawn.code(), drawn.err());
    return Files.readAllBytes(file);
  }

  private static CommandLineRun sample(String name, String... options) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("sample", "--run", run.toString(), "--class", "3", "--count", "2"));
    words.addAll(List.of("--device", "cpu", "--sampler", "grmala-approx", "--out"));
    words.add(folder.resolve(name + ".picture.png").toString());
    words.addAll(Arrays.asList(options));
    return machine.command(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--target ratio",
        "--target joint:0.5",
        "--canvas mean",
        "--canvas class-gaussian",
        "--canvas FOLDER/right.png",
        "--gram-weight 3",
        "--gram-layers input,2",
        "--gram-target one-image",
        "--steps 3",
      })
  void eachChangesTheDrawing(String options) throws IOException {
    String[] words = options.replace("FOLDER", folder.toString()).split(" ");
    assertFalse(Arrays.equals(usual, draw("changed", words)), options);
  }

  @Test
  void aStepSizeBeyondTheStabilityLimitIsNamed() {
    CommandLineRun drawn = sample("unstable", "--gram-weight", "40");
    assertTrue(drawn.err().contains("beyond about 25 chains of the quadratic loss explode"));
    assertFalse(sample("stable", "--gram-weight", "20").err().contains("explode"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--target loud | unknown --target 'loud'; known are logit, posterior",
        "--target joint:2 | joint:A with A from 0 to 1",
        "--canvas white | unknown --canvas 'white'; known are black, mean",
        "--canvas /no/file.png | sampler.canvas.file /no/file.png does not exist",
        "--canvas FOLDER/small.png | shows 5 x 5 pixels; the images here are 28 x 28",
        "--canvas FOLDER/text.png | is no picture that can be read",
        "--gram-layers 1,7 | layer '7', which the network lacks; it has input and 1, 2",
        "--gram-layers head | a layer is 'input' or the number of a feature map",
        "--gram-target loud | unknown --gram-target 'loud'; known are class-mean and one-image",
        "--gram-weight -1 | sampler.gram.weight must be between",
        "--ppgn-weights 1,1,1 | grmala-approx has no free weights; leave out --ppgn-weights",
      })
  void whatIsWrongIsNamed(String options, String expected) {
    CommandLineRun drawn =
        sample("refused", options.replace("FOLDER", folder.toString()).split(" "));
    assertEquals(2, drawn.code(), drawn.err());
    assertTrue(drawn.err().contains(expected), drawn.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ula --gram-weight 3 | --sampler ula has no Gram term; leave out --gram-weight",
        "mala --gram-layers 1 | --sampler mala has no Gram term; leave out --gram-layers",
        "ula --gram-target one-image | --sampler ula has no Gram term; leave out --gram-target",
        "ppgn --gram-weight 3 | takes its weights by --ppgn-weights; leave out --gram-weight",
        "ppgn --ppgn-weights 1,2 | --ppgn-weights takes three numbers, such as 20,1,0.01, not 2",
        "ppgn --ppgn-weights 1,-1,0 | sampler.step.class_weight must be between",
        "ppgn --exact-steps 3 | ppgn has no exact steps",
      })
  void whatASamplerDoesNotUseIsRefused(String options, String expected) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("sample", "--run", run.toString(), "--class", "3", "--sampler"));
    words.addAll(List.of(options.split(" ")));
    CommandLineRun drawn = machine.command(words.toArray(String[]::new));
    assertEquals(2, drawn.code(), drawn.err());
    assertTrue(drawn.err().contains(expected), drawn.err());
  }
}
