package org.stic.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A part of a mapped file as a channel that is only read. */
final class SegmentChannel implements SeekableByteChannel {
  private final MemorySegment bytes;
  private long position;

  SegmentChannel(MemorySegment bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read(ByteBuffer target) {
    long count = Math.min(target.remaining(), bytes.byteSize() - position);
    if (count <= 0) {
      return target.hasRemaining() ? -1 : 0;
    }
    target.put(bytes.asSlice(position, count).asByteBuffer());
    position += count;
    return (int) count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    if (newPosition < 0) {
      throw new IOException("an offset is negative");
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return bytes.byteSize();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /** The mapping outlives its channels. */
  @Override
  public void close() {}
}
