package org.stic.settings;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.stic.model.ConvolutionSettings;
import org.stic.sampler.ClassTerm;

/** Complete settings by name. Each constant says only what sets it apart from {@link #STIC}. */
public enum Preset {
  /** Recurrent self-analysis with the introspective loss. */
  STIC("stic"),

  /** Recurrent self-analysis with "fake" as one more class. */
  STIC_FAKE_CLASS("stic-fake-class") {
    @Override
    ObjectiveSettings objective() {
      return new ObjectiveSettings.FakeClass(.2, .1);
    }

    @Override
    ClassTerm classTerm() {
      return ClassTerm.LOG_SOFTMAX;
    }
  },

  /** The control: the same updates on real and mixup images, without drawings. */
  VRM("vrm") {
    @Override
    ObjectiveSettings objective() {
      return new ObjectiveSettings.None();
    }

    @Override
    ClassTerm classTerm() {
      return ClassTerm.LOG_SOFTMAX;
    }

    @Override
    BatchSettings batch() {
      return new BatchSettings(64, 32, 0, 0);
    }
  },

  /** A plain classifier: the same updates on real images alone. */
  ERM("erm") {
    @Override
    ObjectiveSettings objective() {
      return new ObjectiveSettings.None();
    }

    @Override
    ClassTerm classTerm() {
      return ClassTerm.LOG_SOFTMAX;
    }

    @Override
    BatchSettings startBatch() {
      return new BatchSettings(96, 0, 0, 0);
    }

    @Override
    BatchSettings batch() {
      return new BatchSettings(96, 0, 0, 0);
    }
  },

  /** The control with weight decay. */
  WEIGHT_DECAY("weight-decay") {
    @Override
    public Configuration configuration(String data) {
      return regularisedControl(data, new RegularisationSettings(.3, 0, 0));
    }
  },

  /** The control with dropout before the last layer. */
  DROPOUT("dropout") {
    @Override
    public Configuration configuration(String data) {
      return regularisedControl(data, new RegularisationSettings(0, .5, 0));
    }
  },

  /** The control with smoothed labels. */
  LABEL_SMOOTHING("label-smoothing") {
    @Override
    public Configuration configuration(String data) {
      return regularisedControl(data, new RegularisationSettings(0, 0, .1));
    }
  };

  private final String label;

  Preset(String label) {
    this.label = label;
  }

  /** The name that users write. */
  public String label() {
    return label;
  }

  /** The preset of a name that a user wrote. */
  public static Preset parse(String text) {
    return Arrays.stream(values())
        .filter(preset -> preset.label.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "unknown preset '%s'; the presets are %s".formatted(text, labels())));
  }

  private static String labels() {
    return Arrays.stream(values()).map(Preset::label).collect(Collectors.joining(", "));
  }

  /** The preset's settings for a data set. */
  public Configuration configuration(String data) {
    boolean colour = isColour(data);
    return new Configuration(
        Configuration.FORMAT,
        label,
        data,
        1,
        3,
        DataSelection.first(colour ? 20_000 : 10_000),
        network(colour),
        start(colour),
        objective(),
        pass(),
        RegularisationSettings.NONE,
        sampler(colour),
        new EvaluationSettings(300, 60, 20),
        new JudgeSettings(colour ? 3 : 1, 64, 3e-3, 1));
  }

  Configuration regularisedControl(String data, RegularisationSettings settings) {
    return VRM.configuration(data).regularised(label, settings);
  }

  private static boolean isColour(String data) {
    return data.startsWith("cifar") || data.endsWith("-colour");
  }

  NetworkSettings network(boolean colour) {
    return new ConvolutionNetworkSettings(
        List.of(
            new ConvolutionSettings(colour ? 32 : 16, 4, 2, 1),
            new ConvolutionSettings(colour ? 64 : 32, 4, 2, 1),
            new ConvolutionSettings(colour ? 96 : 64, 3, 1, 1),
            new ConvolutionSettings(colour ? 128 : 64, 4, 2, 1)));
  }

  StartSettings start(boolean colour) {
    return new StartSettings(colour ? 6 : 4, 2e-3, 1, .03, startBatch());
  }

  BatchSettings startBatch() {
    return new BatchSettings(32, 64, 0, 0);
  }

  ObjectiveSettings objective() {
    return new ObjectiveSettings.Introspective(1, .2, .1);
  }

  BatchSettings batch() {
    return new BatchSettings(64, 32, 48, 24);
  }

  PassSettings pass() {
    OptimizerSettings optimizer = new OptimizerSettings(1e-3, 1e-4, 0, 1, 0, .999, 5, 0);
    return new PassSettings(10, 50, 25, 10, batch(), optimizer);
  }

  ClassTerm classTerm() {
    return ClassTerm.LOG_SIGMOID;
  }

  SamplerSettings sampler(boolean colour) {
    return new GuidedSamplerSettings(
        classTerm(),
        20,
        2,
        100,
        1,
        1e-4,
        40,
        colour ? CanvasKind.MEAN : CanvasKind.BLACK,
        .3,
        1e-3,
        1e-3);
  }
}
