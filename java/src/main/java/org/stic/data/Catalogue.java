package org.stic.data;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The descriptions of all data sets that can be fetched, read from {@code catalog.toml}. */
final class Catalogue {
  private static final String RESOURCE = "catalog.toml";

  private Catalogue() {}

  /** Descriptions by data set name, in the order of the file. */
  static Map<String, DatasetDescription> read() {
    TomlMapper mapper =
        TomlMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();
    try (InputStream in = Catalogue.class.getResourceAsStream(RESOURCE)) {
      return mapper.readValue(in, new TypeReference<Map<String, DatasetDescription>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("the packaged " + RESOURCE + " is damaged", e);
    }
  }
}
