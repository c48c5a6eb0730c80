package org.stic.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stic.sampler.BrokenChainsException;
import org.stic.settings.ConfigurationException;
import org.stic.training.DivergedException;
import org.stic.training.RunDirectory;
import org.stic.training.Training;
import org.stic.training.TrainingListener;

/**
 * Makes the runs of a plan. Runs that are finished are used as they are, and a run that was cut off
 * is continued, so that an interrupted comparison goes on where it stopped.
 */
public final class Comparison {
  private final Training.Materials materials;
  private final TrainingListener listener;

  /**
   * A comparison on a device.
   *
   * @param materials images and judge of the plan's data; the comparison closes none of them
   */
  public Comparison(Training.Materials materials, TrainingListener listener) {
    this.materials = materials;
    this.listener = listener;
  }

  /**
   * Makes all runs that are missing.
   *
   * @return an outcome for each trial in the plan's order
   * @throws ConfigurationException if a folder holds a run with other settings
   */
  public List<Outcome> run(ComparisonPlan plan) throws IOException {
    List<Trial> trials = plan.trials();
    for (Trial trial : trials) {
      requireSameSettings(trial);
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Trial trial : trials) {
      listener.message("%s (%d of %d)".formatted(trial.name(), outcomes.size() + 1, trials.size()));
      outcomes.add(run(trial));
    }
    return outcomes;
  }

  private static void requireSameSettings(Trial trial) throws IOException {
    if (exists(trial.folder())
        && !RunDirectory.open(trial.folder()).configuration().equals(trial.configuration())) {
      throw new ConfigurationException(
          "%s holds a run with other settings; name another folder with --out"
              .formatted(trial.folder()));
    }
  }

  private static boolean exists(Path folder) {
    return Files.exists(folder.resolve("config.toml"));
  }

  private Outcome run(Trial trial) throws IOException {
    try {
      return new Outcome(trial, finish(trial).readMetrics(), true);
    } catch (DivergedException | BrokenChainsException e) {
      listener.message(trial.name() + ": " + e.getMessage());
      return new Outcome(trial, RunDirectory.open(trial.folder()).readMetrics(), false);
    }
  }

  private RunDirectory finish(Trial trial) throws IOException {
    if (!exists(trial.folder())) {
      return Training.run(materials, trial.configuration(), trial.folder(), listener);
    }
    RunDirectory started = RunDirectory.open(trial.folder());
    boolean isFinished = started.lastPass().orElse(-1) == trial.configuration().passes();
    return isFinished ? started : Training.resume(materials, trial.folder(), listener);
  }
}
