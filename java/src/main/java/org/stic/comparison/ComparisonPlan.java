package org.stic.comparison;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationException;
import org.stic.settings.DataSelection;

/**
 * What is compared. All contenders use the same images and the same judge, and measure the same
 * number of drawings; else their figures would not be comparable.
 *
 * @param contenders the control among them
 * @param seeds number of repetitions, with seeds 1, 2 and so on
 * @param dataSeeds whether each repetition draws a training subset of its own
 * @param folder where the runs and the results are kept
 */
public record ComparisonPlan(
    List<Contender> contenders, int seeds, boolean dataSeeds, Path folder) {

  public ComparisonPlan {
    contenders = List.copyOf(contenders);
    if (contenders.stream().noneMatch(Contender::isControl)) {
      throw new IllegalArgumentException("the control is missing");
    }
    if (seeds < 1) {
      throw new ConfigurationException("the number of seeds must be at least 1, not " + seeds);
    }
    requireDistinctNames(contenders);
    requireSame(contenders, "data", Configuration::data);
    requireSame(contenders, "data_selection", Configuration::dataSelection);
    requireSame(contenders, "judge", Configuration::judge);
    requireSame(contenders, "passes", Configuration::passes);
    requireSame(contenders, "evaluation.samples", settings -> settings.evaluation().samples());
  }

  private static void requireDistinctNames(List<Contender> contenders) {
    Set<String> names = new HashSet<>();
    for (Contender contender : contenders) {
      if (!names.add(contender.name())) {
        throw new ConfigurationException(
            "two contenders are named '%s': name each preset once, and no file like a preset"
                .formatted(contender.name()));
      }
    }
  }

  private static void requireSame(
      List<Contender> contenders, String setting, Function<Configuration, Object> value) {
    Contender first = contenders.getFirst();
    Object wanted = value.apply(first.configuration());
    for (Contender other : contenders) {
      Object found = value.apply(other.configuration());
      if (!found.equals(wanted)) {
        throw new ConfigurationException(
            "%s and %s differ in %s (%s and %s), so that they cannot be compared"
                .formatted(first.name(), other.name(), setting, wanted, found));
      }
    }
  }

  /** Any contender's settings, for what all of them share. */
  public Configuration shared() {
    return contenders.getFirst().configuration();
  }

  /** All runs, seed by seed, so that an unfinished comparison has whole seeds. */
  public List<Trial> trials() {
    return LongStream.rangeClosed(1, seeds)
        .boxed()
        .flatMap(seed -> contenders.stream().map(contender -> trial(contender, seed)))
        .toList();
  }

  private Trial trial(Contender contender, long seed) {
    DataSelection selection = contender.configuration().dataSelection();
    Configuration configuration =
        contender
            .configuration()
            .withSeed(seed)
            .withDataSelection(dataSeeds ? selection.withSubsetSeed(seed) : selection);
    Path run = folder.resolve("runs").resolve("%s-seed-%d".formatted(contender.name(), seed));
    return new Trial(contender, seed, configuration, run);
  }
}
