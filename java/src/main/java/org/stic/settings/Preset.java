package org.stic.settings;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.stic.cuda.MathMode;
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
   * A joint energy-based model: cross-entropy, and the energy's contrast between real images and
   * short-run chains, step 1 and noise 0.01, that a replay buffer keeps and restarts one time in
   * twenty.
   *
   * <p>Source: Grathwohl et al., "Your classifier is secretly an energy based model", ICLR 2020.
   * What differs: the contrast is of the class's logit and not of the logits' logsumexp, which here
   * cost more accuracy; it weighs 0.3 and has a squared penalty; chains are clipped to the box,
   * begin at the canvas of all presets, and make five updates each, to keep to the common budget;
   * the buffer holds 1,500 chains of 10,000; a plain start comes first.
   */
  JEM("jem", Diet.REAL_AND_HARD) {
    @Override
    ObjectiveSettings objective() {
      return new ObjectiveSettings.Energy(EnergyFunction.CLASS_LOGIT, .3, 0, .01, 50);
    }

    @Override
    PassSettings pass(boolean colour) {
      OptimizerSettings optimizer = new OptimizerSettings(3e-4, 1e-4, 0, 1, 0, .999, 5, 0);
      return new PassSettings(
          20, 75, 0, 5, batch(), 1, new ChainSettings.Persistent(1500, .05), optimizer);
    }

    @Override
    SamplerSettings sampler(boolean colour) {
      return SamplerDefaults.plain(new ClassTerm.Logit(), 5e-5, 20, colour);
    }
  },

  /**
   * An introspective convolutional network: drawings accumulate as negative examples of the class
   * that they were drawn for. No Gram term, no soft drawings, no mixup.
   *
   * <p>Source: Jin, Lazarow, Tu, "Introspective classification with convolutional nets", NeurIPS
   * 2017. What differs: chains climb the logarithm of the class's probability for a fixed number of
   * steps and not its odds up to a threshold; drawings are renewed ten times a pass; a separate
   * cross-entropy chooses between the classes.
   */
  ICN("icn", Diet.REAL_AND_HARD) {
    @Override
    SamplerSettings sampler(boolean colour) {
      return SamplerDefaults.plain(new ClassTerm.LogSigmoid(), 1e-4, 40, colour);
    }
  },

  /**
   * Introspective neural networks: a cascade of classifiers, each of which draws on from where the
   * one before it stopped. A finished run draws with the classifiers of all its passes, so its
   * drawings cost more steps with each pass.
   *
   * <p>Source: Lazarow, Jin, Tu, "Introspective neural networks for generative modeling", ICCV
   * 2017. What differs: there the network tells real images from drawings only; here it does so for
   * each class, and classifies too; each classifier continues from the one before it.
   */
  INN("inn", Diet.REAL_AND_HARD) {
    @Override
    ChainSettings chains() {
      return new ChainSettings.Cascade();
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
   * <p>Source: Lee, Xu, Fan, Tu, "Wasserstein introspective neural networks", CVPR 2018. What
   * differs: the critic shares all layers but the last with the classifier, whose posterior,
   * weighted 3, leads chains to a class; chains make a fixed number of steps and do not stop at the
   * critic's value of a real image.
   */
  WINN("winn", Diet.REAL_AND_HARD) {
    @Override
    ObjectiveSettings objective() {
      return new ObjectiveSettings.Wasserstein(.3, 0, 10, 100);
    }

    @Override
    SamplerSettings sampler(boolean colour) {
      return SamplerDefaults.plain(new ClassTerm.Critic(3), 1e-4, 40, colour);
    }
  },

  /** The same as STIC without soft drawings: as many hard ones instead, and as much weight. */
  STIC_HARD("stic-hard", Diet.WITHOUT_SOFT),

  /** The control: the same updates on real and mixup images, without drawings. */
  VRM("vrm", Diet.REAL_AND_MIXUP),

  /** A plain classifier: the same updates on real images alone. */
  ERM("erm", Diet.REAL),

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

  /** Recurrent self-analysis on large canvases: classifier and sampler see them through windows. */
  ATTENTIVE_STIC("attentive-stic") {
    @Override
    NetworkSettings network(boolean colour) {
      return new GlimpseNetworkSettings(colour ? 32 : 28, .5, 2, .5, convolutions(colour));
    }

    @Override
    SamplerSettings sampler(boolean colour) {
      return SamplerDefaults.forGlimpses(classTerm(), colour);
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

  /** What a preset learns from, if it does not say otherwise. */
  private enum Diet {
    /** Real and mixup images, hard and soft drawings. */
    ALL,
    /** Real and mixup images, and hard drawings in the place of soft ones. */
    WITHOUT_SOFT,
    /** Real images and hard drawings, as the systems of the literature do. */
    REAL_AND_HARD,
    /** Real and mixup images. */
    REAL_AND_MIXUP,
    /** Real images. */
    REAL
  }

  private final String label;
  private final Diet diet;

  Preset(String label) {
    this(label, Diet.ALL);
  }

  Preset(String label, Diet diet) {
    this.label = label;
    this.diet = diet;
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
        MathMode.FP32,
        DataSelection.first(colour ? 20_000 : 10_000),
        FeedSettings.plain(),
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
    return data.startsWith("cifar") || data.endsWith("-colour") || data.contains(":");
  }

  NetworkSettings network(boolean colour) {
    return new ConvolutionNetworkSettings(convolutions(colour));
  }

  static List<ConvolutionSettings> convolutions(boolean colour) {
    return List.of(
        new ConvolutionSettings(colour ? 32 : 16, 4, 2, 1),
        new ConvolutionSettings(colour ? 64 : 32, 4, 2, 1),
        new ConvolutionSettings(colour ? 96 : 64, 3, 1, 1),
        new ConvolutionSettings(colour ? 128 : 64, 4, 2, 1));
  }

  StartSettings start(boolean colour) {
    return new StartSettings(colour ? 6 : 4, 2e-3, 1, .03, startBatch());
  }

  BatchSettings startBatch() {
    return switch (diet) {
      case ALL, WITHOUT_SOFT, REAL_AND_MIXUP -> new BatchSettings(32, 64, 0, 0);
      case REAL_AND_HARD, REAL -> new BatchSettings(96, 0, 0, 0);
    };
  }

  ObjectiveSettings objective() {
    return switch (diet) {
      case ALL -> new ObjectiveSettings.Introspective(1, .2, .1);
      case WITHOUT_SOFT, REAL_AND_HARD -> new ObjectiveSettings.Introspective(1, .3, 0);
      case REAL_AND_MIXUP, REAL -> new ObjectiveSettings.None();
    };
  }

  BatchSettings batch() {
    return switch (diet) {
      case ALL -> new BatchSettings(64, 32, 48, 24);
      case WITHOUT_SOFT -> new BatchSettings(64, 32, 72, 0);
      case REAL_AND_HARD -> new BatchSettings(96, 0, 72, 0);
      case REAL_AND_MIXUP -> new BatchSettings(64, 32, 0, 0);
      case REAL -> new BatchSettings(96, 0, 0, 0);
    };
  }

  PassSettings pass(boolean colour) {
    OptimizerSettings optimizer = new OptimizerSettings(1e-3, 1e-4, 0, 1, 0, .999, 5, 0);
    return new PassSettings(
        10, 75 - softFakes(), softFakes(), 10, batch(), .5, chains(), optimizer);
  }

  int softFakes() {
    return switch (diet) {
      case ALL, REAL_AND_MIXUP -> 25;
      case WITHOUT_SOFT, REAL_AND_HARD, REAL -> 0;
    };
  }

  ChainSettings chains() {
    return new ChainSettings.Canvas();
  }

  ClassTerm classTerm() {
    return switch (diet) {
      case ALL, WITHOUT_SOFT, REAL_AND_HARD -> new ClassTerm.LogSigmoid();
      case REAL_AND_MIXUP, REAL -> new ClassTerm.LogSoftmax();
    };
  }

  EvaluationSettings evaluation(boolean colour) {
    return new EvaluationSettings(300, 60, 20);
  }

  SamplerSettings sampler(boolean colour) {
    return colour ? SamplerDefaults.forColour(classTerm()) : SamplerDefaults.forGrey(classTerm());
  }
}
