package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a chain starts from, by its kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CanvasSettings.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = CanvasSettings.Mean.class, name = "mean"),
  @JsonSubTypes.Type(value = CanvasSettings.ClassGaussian.class, name = "class-gaussian"),
  @JsonSubTypes.Type(value = CanvasSettings.Picture.class, name = "picture")
})
public sealed interface CanvasSettings {

  /** Deviation of the normal noise on every pixel. */
  double noise();

  private static void requireNoise(double noise) {
    Requirement.between("sampler.canvas.noise", noise, 0, 2);
  }

  /**
   * A blank canvas.
   *
   * @param value of every pixel, from -1, black, to 1, white
   */
  record Constant(double value, double noise) implements CanvasSettings {
    public Constant {
      Requirement.between("sampler.canvas.value", value, -1, 1);
      requireNoise(noise);
    }
  }

  /** A blank canvas of the mean of all pixels of the training images. */
  record Mean(double noise) implements CanvasSettings {
    public Mean {
      requireNoise(noise);
    }
  }

  /** A coarse draw from the normal distribution of the class's training images. */
  record ClassGaussian(double noise) implements CanvasSettings {
    public ClassGaussian {
      requireNoise(noise);
    }
  }

  /**
   * A picture of the user's.
   *
   * @param file a PNG of the images' size
   */
  record Picture(String file, double noise) implements CanvasSettings {
    public Picture {
      Requirement.notNull("sampler.canvas.file", file);
      requireNoise(noise);
    }
  }
}
