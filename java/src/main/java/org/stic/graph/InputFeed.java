package org.stic.graph;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.Event;
import org.stic.cuda.PinnedMemory;
import org.stic.cuda.Stream;

/**
 * New inputs for each of many runs, uploaded while the run before still computes. {@link #set}
 * copies a value into pinned memory, {@link #submit} enqueues all of them; neither waits for the
 * device, as long as it is less than {@value #SLOTS} submissions behind.
 *
 * <p>A second stream copies to memory of the feed's own, which a running program does not read; the
 * device's stream then waits for that copy, puts the values to their places and goes on. Owns the
 * stream and the memory; must be closed before the program and the variables that it feeds.
 */
public final class InputFeed implements AutoCloseable {
  private static final int SLOTS = 2;
  private static final long ALIGNMENT = 256;

  private final Device device;
  private final List<Part> parts = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final Stream copies;
  private final DeviceMemory landing;
  private final Event landingRead;
  private int current;

  /** A place and where its values lie in the staging and landing memory. */
  private record Part(Place place, long offset) {}

  /** Pinned memory of one submission, free again when its copy is done. */
  private record Slot(PinnedMemory staging, Event copied, BitSet isSet) {}

  /** Feeds these places, all of them with each submission. */
  public InputFeed(Device device, Place... places) {
    this.device = device;
    long bytes = 0;
    for (Place place : places) {
      parts.add(new Part(place, bytes));
      bytes += Math.ceilDiv(place.bytes(), ALIGNMENT) * ALIGNMENT;
    }
    copies = Stream.create(device);
    landing = device.allocate(bytes);
    landingRead = Event.create(device);
    for (int slot = 0; slot < SLOTS; slot++) {
      PinnedMemory staging = PinnedMemory.allocate(device, bytes);
      staging.segment().fill((byte) 0);
      slots.add(new Slot(staging, Event.create(device), new BitSet()));
    }
  }

  /**
   * Sets the next value of a place, all elements in row-major order. The value may be changed as
   * soon as this returns.
   */
  public void set(String name, MemorySegment value) {
    int index = index(name);
    Part part = parts.get(index);
    if (value.byteSize() != part.place().bytes()) {
      throw new IllegalArgumentException(
          "input '%s' has %d bytes, not %d"
              .formatted(name, part.place().bytes(), value.byteSize()));
    }
    Slot slot = slots.get(current);
    slot.copied().synchronize();
    slot.staging().segment().asSlice(part.offset(), value.byteSize()).copyFrom(value);
    slot.isSet().set(index);
  }

  /**
   * Enqueues the upload of what was set; runs that are enqueued after this see it.
   *
   * @throws IllegalStateException if a place was not set since the last submission
   */
  public void submit() {
    Slot slot = slots.get(current);
    requireAllSet(slot);
    copies.waitFor(landingRead);
    copies.upload(landing, 0, slot.staging().segment());
    slot.copied().record(copies);
    device.stream().waitFor(slot.copied());
    for (Part part : parts) {
      Place place = part.place();
      device.stream().copy(place.memory(), place.offset(), landing, part.offset(), place.bytes());
    }
    landingRead.record(device.stream());
    current = (current + 1) % SLOTS;
  }

  private void requireAllSet(Slot slot) {
    int missing = slot.isSet().nextClearBit(0);
    if (missing < parts.size()) {
      throw new IllegalStateException(
          "input '%s' was not set for this submission"
              .formatted(parts.get(missing).place().name()));
    }
    slot.isSet().clear();
  }

  private int index(String name) {
    for (int index = 0; index < parts.size(); index++) {
      if (parts.get(index).place().name().equals(name)) {
        return index;
      }
    }
    throw new IllegalArgumentException(
        "nothing named '%s' is fed, only %s"
            .formatted(name, parts.stream().map(part -> part.place().name()).toList()));
  }

  /** Waits for the copies that are under way, and frees the memory. */
  @Override
  public void close() {
    copies.drain();
    device.stream().drain();
    for (Slot slot : slots) {
      slot.copied().close();
      slot.staging().close();
    }
    landingRead.close();
    landing.close();
    copies.close();
  }
}
