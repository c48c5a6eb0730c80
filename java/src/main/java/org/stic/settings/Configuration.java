package org.stic.settings;

/**
 * Everything that decides what a run computes. Two runs with equal configurations on the same
 * device give the same bits.
 *
 * @param format version of the run directory's layout, see {@link #FORMAT}
 * @param preset name of the preset that the settings came from; informative
 * @param data name of the data set
 * @param seed seed of all random numbers
 * @param passes passes of self-analysis after the start
 */
public record Configuration(
    int format,
    String preset,
    String data,
    long seed,
    int passes,
    DataSelection dataSelection,
    NetworkSettings network,
    StartSettings start,
    PassSettings pass,
    RegularisationSettings regularisation,
    SamplerSettings sampler,
    EvaluationSettings evaluation,
    JudgeSettings judge) {

  /** The layout of run directories that this program reads and writes. */
  public static final int FORMAT = 2;

  public Configuration {
    if (format != FORMAT) {
      throw new ConfigurationException(
          "format %d belongs to another version of the program; this one reads format %d"
              .formatted(format, FORMAT));
    }
    Requirement.notNull("preset", preset);
    Requirement.notNull("data", data);
    Requirement.atLeast("passes", passes, 0);
    Requirement.notNull("data_selection", dataSelection);
    Requirement.notNull("network", network);
    Requirement.notNull("start", start);
    Requirement.notNull("pass", pass);
    Requirement.notNull("regularisation", regularisation);
    Requirement.notNull("sampler", sampler);
    Requirement.notNull("evaluation", evaluation);
    Requirement.notNull("judge", judge);
  }

  /** The same settings with another number of passes. */
  public Configuration withPasses(int count) {
    return new Configuration(
        format,
        preset,
        data,
        seed,
        count,
        dataSelection,
        network,
        start,
        pass,
        regularisation,
        sampler,
        evaluation,
        judge);
  }

  /** The same settings with another seed. */
  public Configuration withSeed(long value) {
    return new Configuration(
        format,
        preset,
        data,
        value,
        passes,
        dataSelection,
        network,
        start,
        pass,
        regularisation,
        sampler,
        evaluation,
        judge);
  }

  /** The same settings on other images. */
  public Configuration withDataSelection(DataSelection selection) {
    return new Configuration(
        format,
        preset,
        data,
        seed,
        passes,
        selection,
        network,
        start,
        pass,
        sampler,
        evaluation,
        judge);
  }

  /** The same settings with another sampler. */
  public Configuration withSampler(SamplerSettings settings) {
    return new Configuration(
        format,
        preset,
        data,
        seed,
        passes,
        dataSelection,
        network,
        start,
        pass,
        settings,
        evaluation,
        judge);
  }
}
