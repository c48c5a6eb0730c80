package org.stic.data;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Where the pixels of images come from: memory, or files that are decoded when an image is asked
 * for. All images have one shape. Safe for use by several threads.
 */
interface PixelStore {

  /** The shape of every image. */
  ImageShape shape();

  /** Number of images. */
  int count();

  /**
   * The pixels of an image as unsigned bytes, {@code shape().elements()} of them, each channel
   * after channel, row after row; not to be written to.
   *
   * @throws DatasetException if neither this image nor one that may stand in for it can be read
   */
  MemorySegment image(int place);

  /** Whether an image costs so much time that it is worth being read ahead by another thread. */
  boolean isCostly();

  /**
   * What tells this content from any other without reading it; empty where the pixels themselves
   * have to.
   */
  Optional<String> identity();

  /** What has been found about the images read so far. */
  default ReadingReport report() {
    return ReadingReport.flawless(count());
  }
}
