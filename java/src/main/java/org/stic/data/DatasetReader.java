package org.stic.data;

import java.nio.file.Path;
import java.util.List;

/** Reads one format in which image sets are stored in a folder. */
interface DatasetReader {

  /**
   * Reads and validates a split.
   *
   * @throws DatasetException naming the file that is absent or damaged
   */
  ImageDataset read(String name, List<String> classNames, Path folder, Split split);
}
