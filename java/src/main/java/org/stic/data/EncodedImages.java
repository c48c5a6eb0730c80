package org.stic.data;

import java.io.IOException;

/** Pictures as files hold them, not yet decoded. Safe for use by several threads. */
interface EncodedImages {

  /** Number of pictures. */
  int count();

  /**
   * All bytes of a picture.
   *
   * @throws IOException if they cannot be read
   */
  byte[] bytes(int place) throws IOException;

  /** Where a picture is, for a sentence: its file, and its record where the file holds several. */
  String describe(int place);

  /** The name of a picture without its folder; its ending may tell its format. */
  String fileName(int place);

  /** What tells these pictures from all others without reading them. */
  String identity();
}
