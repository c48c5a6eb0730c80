package org.stic.settings;

import java.util.function.Consumer;
import org.stic.cuda.MathMode;

/**
 * Everything that decides what a run computes. Two runs with equal configurations on the same
 * device give the same bits.
 *
 * @param format version of the run directory's layout, see {@link #FORMAT}
 * @param preset name of the preset that the settings came from; informative
 * @param data name of the data set
 * @param seed seed of all random numbers
 * @param passes passes of self-analysis after the start
 * @param math arithmetic of the classifier's dense products and convolutions; judges always compute
 *     in single precision, so that figures of different runs can be compared
 * @param objective what drawings teach
 */
public record Configuration(
    int format,
    String preset,
    String data,
    long seed,
    int passes,
    MathMode math,
    DataSelection dataSelection,
    FeedSettings feed,
    NetworkSettings network,
    StartSettings start,
    ObjectiveSettings objective,
    PassSettings pass,
    RegularisationSettings regularisation,
    SamplerSettings sampler,
    EvaluationSettings evaluation,
    JudgeSettings judge) {

  /** The layout of run directories that this program reads and writes. */
  public static final int FORMAT = 3;

  public Configuration {
    if (format != FORMAT) {
      throw new ConfigurationException(
          "format %d belongs to another version of the program; this one reads format %d"
              .formatted(format, FORMAT));
    }
    Requirement.notNull("preset", preset);
    Requirement.notNull("data", data);
    Requirement.atLeast("passes", passes, 0);
    Requirement.notNull("math", math);
    Requirement.notNull("data_selection", dataSelection);
    Requirement.notNull("feed", feed);
    Requirement.notNull("network", network);
    Requirement.notNull("start", start);
    Requirement.notNull("objective", objective);
    Requirement.notNull("pass", pass);
    requireAgreement(objective, pass);
    Requirement.notNull("regularisation", regularisation);
    Requirement.notNull("sampler", sampler);
    Requirement.notNull("evaluation", evaluation);
    Requirement.notNull("judge", judge);
    requireAttention(network, sampler);
    new ScoreAgreement(network, start, objective, pass, regularisation, sampler, evaluation)
        .require();
  }

  private static void requireAgreement(ObjectiveSettings objective, PassSettings pass) {
    if (objective.needsDrawings() && !pass.hasFakes()) {
      throw new ConfigurationException(
          "the objective learns from drawings: pass.batch.hard or pass.batch.soft must be at least"
              + " 1, or objective.kind must be 'none'");
    }
    if (!objective.needsDrawings() && pass.hasFakes()) {
      throw new ConfigurationException(
          "objective.kind 'none' learns from no drawings: pass.batch.hard and pass.batch.soft must"
              + " be 0");
    }
  }

  /** Glimpses are drawn window by window, and nothing else is. */
  private static void requireAttention(NetworkSettings network, SamplerSettings sampler) {
    boolean isNetwork = network instanceof GlimpseNetworkSettings;
    boolean isSampler = sampler instanceof AttentiveSamplerSettings;
    if (isNetwork != isSampler) {
      throw new ConfigurationException(
          "network.kind 'glimpses' and sampler.kind 'attentive' need each other: set both or"
              + " neither");
    }
  }

  /** What a pass costs, by which presets are compared. */
  public Budget budgetPerPass() {
    long drawings = (long) pass.refreshes() * pass.drawings();
    return new Budget(drawings * sampler.steps(), (long) pass.refreshes() * pass.updates());
  }

  /** The same settings with another number of passes. */
  public Configuration withPasses(int count) {
    return changed(draft -> draft.passes = count);
  }

  /** The same settings in another arithmetic. */
  public Configuration withMath(MathMode mode) {
    return changed(draft -> draft.math = mode);
  }

  /** The same settings with another seed. */
  public Configuration withSeed(long value) {
    return changed(draft -> draft.seed = value);
  }

  /** The same settings under another preset's name, with regularisers. */
  public Configuration regularised(String name, RegularisationSettings settings) {
    return changed(
        draft -> {
          draft.preset = name;
          draft.regularisation = settings;
        });
  }

  /** The same settings for a set of another name. */
  public Configuration withData(String name) {
    return changed(draft -> draft.data = name);
  }

  /** The same settings on other images. */
  public Configuration withDataSelection(DataSelection selection) {
    return changed(draft -> draft.dataSelection = selection);
  }

  /** The same settings with another sampler. */
  public Configuration withSampler(SamplerSettings settings) {
    return changed(draft -> draft.sampler = settings);
  }

  private Configuration changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.configuration();
  }

  /** A copy whose parts can be replaced. */
  private static final class Draft {
    private int format;
    private String preset;
    private String data;
    private long seed;
    private int passes;
    private MathMode math;
    private DataSelection dataSelection;
    private FeedSettings feed;
    private NetworkSettings network;
    private StartSettings start;
    private ObjectiveSettings objective;
    private PassSettings pass;
    private RegularisationSettings regularisation;
    private SamplerSettings sampler;
    private EvaluationSettings evaluation;
    private JudgeSettings judge;

    Draft(Configuration from) {
      format = from.format;
      preset = from.preset;
      data = from.data;
      seed = from.seed;
      passes = from.passes;
      math = from.math;
      dataSelection = from.dataSelection;
      feed = from.feed;
      network = from.network;
      start = from.start;
      objective = from.objective;
      pass = from.pass;
      regularisation = from.regularisation;
      sampler = from.sampler;
      evaluation = from.evaluation;
      judge = from.judge;
    }

    Configuration configuration() {
      return new Configuration(
          format,
          preset,
          data,
          seed,
          passes,
          math,
          dataSelection,
          feed,
          network,
          start,
          objective,
          pass,
          regularisation,
          sampler,
          evaluation,
          judge);
    }
  }
}
