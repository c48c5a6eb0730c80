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

  /** The same, drawn on canvases with the class's layout, on grey images too. */
  STIC_CLASS_CANVAS("stic-class-canvas") {
    @Override
    SamplerSettings sampler(boolean colour) {
      return colour
          ? SamplerDefaults.forColour(classTerm())
          : SamplerDefaults.forGreyWithLayout(classTerm());
    }
  },

  /** Recurrent self-analysis with "fake" as one more class. */
  STIC_FAKE_CLASS("stic-fake-class") {
    @Override
    ObjectiveSettings objective() {
      return new ObjectiveSettings.FakeClass(.2, .1);
    }

    @Override
    ClassTerm classTerm() {
      return new ClassTerm.LogSoftmax();
    }
  },

  /**
   * A joint energy-based model: cross-entropy, contrast of the energy between real images and
   * chains that a replay buffer keeps, short-run chains of the logit with step 1 and noise 0.01.
   *
   * <p>Source: Grathwohl et al., "Your classifier is secretly an energy based model", ICLR 2020.
   */
  JEM("jem") {
    @Override
    ObjectiveSettings objective() {
      return new ObjectiveSettings.Energy(EnergyFunction.CLASS_LOGIT, .3, 0, .01, 50);
    }

    @Override
    BatchSettings startBatch() {
      return new BatchSettings(96, 0, 0, 0);
    }

    @Override
    BatchSettings batch() {
      return new BatchSettings(96, 0, 72, 0);
    }

    @Override
    PassSettings pass(boolean colour) {
      OptimizerSettings optimizer = new OptimizerSettings(3e-4, 1e-4, 0, 1, 0, .999, 5, 0);
      return new PassSettings(
          10, 150, 0, 10, batch(), 1, new ChainSettings.Persistent(1500, .05), optimizer);
    }

    @Override
    SamplerSettings sampler(boolean colour) {
      return SamplerDefaults.plain(new ClassTerm.Logit(), 5e-5, 20, colour);
    }
  },

  /**
   * An introspective convolutional network: drawings accumulate as negative examples of the class
   * that they were drawn for.
   *
   * <p>Source: Jin, Lazarow, Tu, "Introspective classification with convolutional nets", NeurIPS
   * 2017.
   */
  ICN("icn") {
    @Override
    ObjectiveSettings objective() {
      return new ObjectiveSettings.Introspective(1, .3, 0);
    }

    @Override
    BatchSettings startBatch() {
      return new BatchSettings(96, 0, 0, 0);
    }

    @Override
    BatchSettings batch() {
      return new BatchSettings(96, 0, 72, 0);
    }

    @Override
    PassSettings pass(boolean colour) {
      return hardOnly(new ChainSettings.Canvas());
    }

    @Override
    SamplerSettings sampler(boolean colour) {
      return SamplerDefaults.plain(new ClassTerm.LogSigmoid(), 1e-4, 40, colour);
    }
  },

  /**
   * Introspective neural networks: a cascade of classifiers, each of which draws on from where the
   * one before it stopped.
   *
   * <p>Source: Lazarow, Jin, Tu, "Introspective neural networks for generative modeling", ICCV
   * 2017.
   */
  INN("inn") {
    @Override
    ObjectiveSettings objective() {
      return new ObjectiveSettings.Introspective(1, .3, 0);
    }

    @Override
    BatchSettings startBatch() {
      return new BatchSettings(96, 0, 0, 0);
    }

    @Override
    BatchSettings batch() {
      return new BatchSettings(96, 0, 72, 0);
    }

    @Override
    PassSettings pass(boolean colour) {
      return hardOnly(new ChainSettings.Cascade());
    }

    @Override
    SamplerSettings sampler(boolean colour) {
      return SamplerDefaults.plain(new ClassTerm.LogSigmoid(), 1e-4, 40, colour);
    }
  },

  /**
   * Wasserstein introspective neural networks: a critic with a penalty on its slope tells drawings
   * from real images.
   *
   * <p>Source: Lee, Xu, Fan, Tu, "Wasserstein introspective neural networks", CVPR 2018.
   */
  WINN("winn") {
    @Override
    ObjectiveSettings objective() {
      return new ObjectiveSettings.Wasserstein(.3, 0, 10, 100);
    }

    @Override
    BatchSettings startBatch() {
      return new BatchSettings(96, 0, 0, 0);
    }

    @Override
    BatchSettings batch() {
      return new BatchSettings(96, 0, 72, 0);
    }

    @Override
    PassSettings pass(boolean colour) {
      return hardOnly(new ChainSettings.Canvas());
    }

    @Override
    SamplerSettings sampler(boolean colour) {
      return SamplerDefaults.plain(new ClassTerm.Critic(1), 1e-4, 40, colour);
    }
  },

  /** The same as STIC without soft drawings: as many hard ones instead, and as much weight. */
  STIC_HARD("stic-hard") {
    @Override
    ObjectiveSettings objective() {
      return new ObjectiveSettings.Introspective(1, .3, 0);
    }

    @Override
    BatchSettings batch() {
      return new BatchSettings(64, 32, 72, 0);
    }

    @Override
    PassSettings pass(boolean colour) {
      return hardOnly(new ChainSettings.Canvas());
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
      return new ClassTerm.LogSoftmax();
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
      return new ClassTerm.LogSoftmax();
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
  },

  /** A classifier of noisy images that matches scores and draws with them. */
  SCORE_STIC("score-stic") {
    @Override
    NetworkSettings network(boolean colour) {
      return colour
          ? new ScoreNetworkSettings(List.of(48, 96, 96, 96), .05, 3, .5)
          : new ScoreNetworkSettings(List.of(32, 64, 64, 64), .05, 2, .6);
    }

    @Override
    StartSettings start(boolean colour) {
      return new StartSettings(1, 6e-3, 1, .03, batch(colour));
    }

    @Override
    ObjectiveSettings objective() {
      return new ObjectiveSettings.ScoreMatching(ScoreForm.DENOISING, 10, 32, .3, .3, 0);
    }

    @Override
    PassSettings pass(boolean colour) {
      OptimizerSettings optimizer = new OptimizerSettings(6e-3, 3e-4, 50, .4, .9, .99, 100, .995);
      return new PassSettings(
          10, 0, 0, 50, batch(colour), .5, new ChainSettings.Canvas(), optimizer);
    }

    private static BatchSettings batch(boolean colour) {
      return colour ? new BatchSettings(80, 48, 0, 0) : new BatchSettings(48, 0, 0, 0);
    }

    @Override
    SamplerSettings sampler(boolean colour) {
      return colour
          ? new AnnealedSamplerSettings(12, 36, .2, 1, 20, 500, 20, 0)
          : new AnnealedSamplerSettings(12, 60, .2, 1, 20, 500, 20, 0);
    }

    @Override
    EvaluationSettings evaluation(boolean colour) {
      return new EvaluationSettings(300, colour ? 36 : 60, 0);
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
        pass(colour),
        RegularisationSettings.NONE,
        sampler(colour),
        evaluation(colour),
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

  PassSettings pass(boolean colour) {
    OptimizerSettings optimizer = new OptimizerSettings(1e-3, 1e-4, 0, 1, 0, .999, 5, 0);
    return new PassSettings(10, 50, 25, 10, batch(), .5, new ChainSettings.Canvas(), optimizer);
  }

  PassSettings hardOnly(ChainSettings chains) {
    OptimizerSettings optimizer = new OptimizerSettings(1e-3, 1e-4, 0, 1, 0, .999, 5, 0);
    return new PassSettings(10, 75, 0, 10, batch(), .5, chains, optimizer);
  }

  ClassTerm classTerm() {
    return new ClassTerm.LogSigmoid();
  }

  EvaluationSettings evaluation(boolean colour) {
    return new EvaluationSettings(300, 60, 20);
  }

  SamplerSettings sampler(boolean colour) {
    return colour ? SamplerDefaults.forColour(classTerm()) : SamplerDefaults.forGrey(classTerm());
  }
}
