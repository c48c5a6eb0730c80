package org.stic.data;

/** A set whose files are known, so that its splits can be had in any form. */
interface OpenedSet {

  /**
   * One split.
   *
   * @throws DatasetException if none of its images can be read
   */
  ImageDataset load(Split split, LoadOptions options);
}
