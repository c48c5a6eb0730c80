package org.stic.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void readsWhatItWrites(Preset preset) throws IOException {
    Configuration configuration = preset.configuration("cifar10").withSeed(-7).withPasses(11);
    Path file =
        Files.writeString(folder.resolve("config.toml"), ConfigurationFile.write(configuration));
    assertEquals(configuration, ConfigurationFile.readComplete(file));
  }

  @Test
  void namesEverySettingInTheFile() {
    String text = ConfigurationFile.write(Preset.STIC.configuration("mnist"));
    for (String setting :
        new String[] {
          "format",
          "seed",
          "training_images",
          "gram.weight",
          "gram.target.kind",
          "class_term.kind = 'log-sigmoid'",
          "beta1",
          "canvas.kind = 'constant'",
          "kind = 'introspective'",
          "correction_steps",
          "peak_rate",
          "kernel"
        }) {
      assertTrue(text.contains(setting), setting + " is missing in\n" + text);
    }
  }

  @Test
  void aPartialFileChangesOnlyWhatItNames() throws IOException {
    Path file = write("data = 'cifar10'\nseed = 5\n[sampler.step]\nsteps = 7\n");
    Configuration expected = Preset.VRM.configuration("cifar10").withSeed(5);
    Configuration read = ConfigurationFile.read(file, "vrm", "mnist");
    assertEquals(7, read.sampler().steps());
    GuidedSamplerSettings sampler = (GuidedSamplerSettings) read.sampler();
    assertEquals(((GuidedSamplerSettings) expected.sampler()).gram(), sampler.gram());
    assertEquals(expected.pass(), read.pass());
    assertEquals("cifar10", read.data());
    assertEquals(5, read.seed());
  }

  @Test
  void anotherKindReplacesTheWholeSection() throws IOException {
    Path file =
        write(
            "objective = {kind = 'fake-class', hard_weight = 0.5, soft_weight = 0.25}\nseed = 5\n");
    assertEquals(
        new ObjectiveSettings.FakeClass(.5, .25),
        ConfigurationFile.read(file, "stic", "mnist").objective());
    Path sameKind = write("objective = {kind = 'introspective', hard_weight = 0.5}\n");
    assertEquals(
        new ObjectiveSettings.Introspective(1, .5, .1),
        ConfigurationFile.read(sameKind, "stic", "mnist").objective());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "speed = 3 | unknown setting 'speed'",
        "sampler.stepz = 3 | unknown setting 'sampler.stepz'",
        "sampler.step.steps = 0 | sampler.step.steps must be at least 1, not 0",
        "sampler.step.steps = 1.5 | setting 'sampler.step.steps'",
        "sampler.step.steps = 'many' | setting 'sampler.step.steps'",
        "sampler.step.jitter = -1 | sampler.step.jitter must be between",
        "sampler.step.noise = 1 | unknown setting 'sampler.step.noise'",
        "sampler.step = {kind = 'ppgn', steps = 5, prior_weight = 1, class_weight = 1,"
            + " noise = 0, size = 1} | unknown setting 'sampler.step.size'",
        "sampler.gram.weight = nan | sampler.gram.weight must be between",
        "sampler.gram.layers = [{name = 'head', weight = 1}] | a layer is 'input' or the number",
        "sampler.gram.layers = [{name = '1', weight = 1}, {name = '1', weight = 2}] | '1' twice",
        "sampler.gram.target = {kind = 'one-image', images = 3} | unknown setting"
            + " 'sampler.gram.target.images'",
        "sampler.gram.loss = 'cubic' | setting 'sampler.gram.loss'",
        "sampler.class_term = 'loud' | sampler.class_term needs a kind; known here are [logit",
        "sampler.class_term.kind = 'loud' | unknown sampler.class_term.kind 'loud'; known here are",
        "sampler.class_term = {kind = 'joint', a = 2} | a must be between 0 and 1, not 2",
        "sampler.class_term = {kind = 'logit', a = 1} | unknown setting 'sampler.class_term.a'",
        "sampler.canvas = {kind = 'constant', value = 3, noise = 0} | sampler.canvas.value must be",
        "sampler.canvas = {kind = 'class-gaussian', noise = 0, value = 0} | unknown"
            + " setting 'sampler.canvas.value'",
        "sampler.exact.preconditioner = 'full' | setting 'sampler.exact.preconditioner'",
        "pass.hard_fakes = 0 | pass.hard_fakes must be at least 1",
        "start.batch.hard = 3 | start.batch has no drawings yet",
        "network.kind = 'dense' | unknown network.kind 'dense'; known here are [",
        "network.convolutions = [] | number of network.convolutions must be at least 1",
        "training_images = 3 | unknown setting 'training_images'",
        "data_selection.training_images = 0 | data_selection.training_images must be at least 1",
        "data_selection.subset_seed = -1 | data_selection.subset_seed must be at least 0, not -1",
        "data_selection.label_noise = 1.0 | data_selection.label_noise must be a probability",
        "data_selection.label_noise = nan | data_selection.label_noise must be a probability",
        "data_selection.classes = ['cat'] | two or more different classes",
        "data_selection.classes = ['3', '8', '3'] | not [3, 8, 3]",
        "objective.kind = 'loud' | unknown objective.kind 'loud'; known here are [none,",
        "objective.penalty = 1 | unknown setting 'objective.penalty'; known here are [",
        "objective = {kind = 'energy', function = 'log-sum-exp', hard_weight = 1, soft_weight = 1,"
            + " penalty = 0.1, greatest_gap = 9, anchor_weight = 1} | unknown setting"
            + " 'objective.anchor_weight'",
        "objective = {kind = 'fake-class', hard_weight = 1} | objective.soft_weight is missing",
        "objective.hard_weight = -1 | objective.hard_weight must be between",
        "objective.kind = 'none' | objective.kind 'none' learns from no drawings",
        "pass.batch = {real = 9, mixup = 0, hard = 0, soft = 0} | the objective learns from",
        "pass.chains.size = 9 | unknown setting 'pass.chains.size'; known here are []",
        "pass.chains = {kind = 'persistent', size = 5, restart = 0.1} | pass.chains.size must be at"
            + " least the 75 drawings of a refresh, not 5",
        "pass.chains = {kind = 'loop'} | unknown pass.chains.kind 'loop'; known here are [canvas,",
        "pass.newest_share = 1.5 | pass.newest_share must be between",
        "sampler.class_term = {kind = 'critic', a = -1.0} | sampler.class_term",
        "format = 99 | format 99 belongs to another version",
        "preset = 'stick' | unknown preset 'stick'; the presets are stic, stic-class-canvas,"
            + " stic-fake-class",
        "seed = | not valid TOML: line 1",
      })
  void refusesWhatItDoesNotUnderstand(String text, String message) throws IOException {
    Path file = write(text);
    Exception problem =
        assertThrows(
            ConfigurationException.class, () -> ConfigurationFile.read(file, "stic", "mnist"));
    assertTrue(problem.getMessage().contains(message), problem.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network.convolutions = [] | unknown setting 'network.convolutions'",
        "network.widths = [1, 2, 3] | network.widths must be four numbers of at least 1",
        "network.lowest_noise = 3 | network.highest_noise must be above network.lowest_noise",
        "sampler.steps = 50 | sampler.steps must be a multiple of sampler.levels = 12, not 50",
        "evaluation.steps = 7 | evaluation.steps must be a multiple of sampler.levels = 12, not 7",
        "evaluation.correction_steps = 3 | evaluation.correction_steps must be 0",
        "objective.form = 'exact' | setting 'objective.form'",
        "objective.noisy_images = 49 | objective.noisy_images must be at most start.batch.real ="
            + " 48",
        "objective.fake_weight = 1 | the objective learns from drawings",
        "objective = {kind = 'none'} | need each other: set all three or none of them",
        "regularisation.dropout = 0.5 | regularisation.dropout and",
      })
  void refusesWhatAScoreNetworkDoesNotHave(String text, String message) throws IOException {
    Path file = write(text);
    Exception problem =
        assertThrows(
            ConfigurationException.class,
            () -> ConfigurationFile.read(file, "score-stic", "mnist"));
    assertTrue(problem.getMessage().contains(message), problem.getMessage());
  }

  @Test
  void aRunsFileMustBeComplete() throws IOException {
    Path file = write("format = " + Configuration.FORMAT + "\nseed = 5\n");
    Exception problem =
        assertThrows(ConfigurationException.class, () -> ConfigurationFile.readComplete(file));
    assertTrue(problem.getMessage().startsWith(file.toString()), problem.getMessage());
  }

  @Test
  void saysWhichVersionMadeARun() throws IOException {
    Path file = write("format = 98\nunknown = 5\n");
    Exception problem =
        assertThrows(ConfigurationException.class, () -> ConfigurationFile.readComplete(file));
    assertTrue(problem.getMessage().contains("its format is 98, this version reads format "));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("settings.toml"), text);
  }
}
