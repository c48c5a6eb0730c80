package org.stic.data;

/** Opens sets of one form that a user names by their place. */
interface LocatedReader {

  /**
   * Looks through the files without decoding pictures.
   *
   * @throws DatasetException naming the file that is absent, damaged or out of place
   */
  OpenedSet open(DataLocation location);
}
