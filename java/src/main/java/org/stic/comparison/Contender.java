package org.stic.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationException;
import org.stic.settings.ConfigurationFile;
import org.stic.settings.Preset;

/**
 * One method of a comparison.
 *
 * @param name unique within the comparison; part of folder names
 * @param configuration its settings, apart from the seed
 */
public record Contender(String name, Configuration configuration) {
  /** The control of every comparison: the same updates without drawings. */
  public static final String CONTROL = Preset.VRM.label();

  private static final String FILE_ENDING = ".toml";

  /**
   * Reads what a user names: a preset, or a file of settings that changes one.
   *
   * @param text a preset's name, or a path that ends with .toml
   * @param common settings that all contenders share; they give way to a file's own
   * @throws ConfigurationException if there is no such preset or file
   */
  public static Contender read(String text, Optional<Path> common, String data) throws IOException {
    if (!text.endsWith(FILE_ENDING)) {
      Preset preset = Preset.parse(text);
      return new Contender(text, named(preset, common, data));
    }
    Path file = Path.of(text);
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(
          "%s does not exist: name presets, or files of settings".formatted(file));
    }
    String fileName = file.getFileName().toString();
    List<Path> files = Stream.concat(common.stream(), Stream.of(file)).toList();
    return new Contender(
        fileName.substring(0, fileName.length() - FILE_ENDING.length()),
        ConfigurationFile.read(files, Preset.STIC.label(), data));
  }

  private static Configuration named(Preset preset, Optional<Path> common, String data)
      throws IOException {
    Configuration configuration =
        ConfigurationFile.read(common.stream().toList(), preset.label(), data);
    if (!configuration.preset().equals(preset.label())) {
      throw new ConfigurationException(
          "%s names the preset %s, but all contenders share it: leave the preset out"
              .formatted(common.orElseThrow(), configuration.preset()));
    }
    return configuration;
  }

  /** Whether all others are compared with this one. */
  public boolean isControl() {
    return name.equals(CONTROL);
  }
}
