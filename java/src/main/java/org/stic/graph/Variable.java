package org.stic.graph;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceMemory;

/**
 * Named device memory that outlives a run: parameters, optimizer state, chain states, counters.
 * Elements are fp32, or unsigned 32-bit integers where kernels count. The variable made by {@link
 * #allocate} or {@link #allocateCounters} owns the memory; views share it, so that all parameters
 * can lie in one flat buffer and still be used one by one.
 */
public final class Variable implements AutoCloseable {

  /** Views must start at a multiple of this many elements: kernels read 16 bytes at a time. */
  public static final int VIEW_ALIGNMENT = 4;

  /** What the memory holds, so that integers are never taken for floats. */
  private enum Element {
    FLOATS,
    COUNTERS
  }

  private final String name;
  private final Shape shape;
  private final Element element;
  private final DeviceMemory memory;
  private final long offset;
  private final boolean owner;

  private Variable(
      String name, Shape shape, Element element, DeviceMemory memory, long offset, boolean owner) {
    this.name = name;
    this.shape = shape;
    this.element = element;
    this.memory = memory;
    this.offset = offset;
    this.owner = owner;
  }

  /** Floats in memory of their own, set to zero. */
  public static Variable allocate(Device device, String name, Shape shape) {
    return allocate(device, name, shape, Element.FLOATS);
  }

  /** Unsigned integers in memory of their own, set to zero. */
  public static Variable allocateCounters(Device device, String name, Shape shape) {
    return allocate(device, name, shape, Element.COUNTERS);
  }

  private static Variable allocate(Device device, String name, Shape shape, Element element) {
    DeviceMemory memory = device.allocate(shape.bytes());
    memory.zero();
    return new Variable(name, shape, element, memory, 0, true);
  }

  /**
   * A part of this variable under its own name; valid until the owner is closed.
   *
   * @param offset first element of the part, a multiple of {@value #VIEW_ALIGNMENT}
   */
  public Variable view(String name, long offset, Shape shape) {
    if (offset < 0
        || offset % VIEW_ALIGNMENT != 0
        || offset + shape.elements() > this.shape.elements()) {
      throw new IllegalArgumentException(
          "view %s %s at element %d does not fit into variable %s %s; it must lie inside and start at a multiple of %d"
              .formatted(name, shape, offset, this.name, this.shape, VIEW_ALIGNMENT));
    }
    long start = this.offset + offset * Float.BYTES;
    return new Variable(name, shape, element, memory, start, false);
  }

  /** The name that it was given. */
  public String name() {
    return name;
  }

  /** Shape of its content. */
  public Shape shape() {
    return shape;
  }

  /** Where it lies on the device. */
  public Place place() {
    return new Place(name, memory, offset, shape.bytes());
  }

  /** Device address of the first element. */
  public long address() {
    return memory.address() + offset;
  }

  /** Whether the two share an element. */
  public boolean overlaps(Variable other) {
    return address() < other.address() + other.shape.bytes()
        && other.address() < address() + shape.bytes();
  }

  /** Whether the two are the same elements. */
  public boolean sameMemory(Variable other) {
    return address() == other.address() && shape.elements() == other.shape.elements();
  }

  /** Sets every element, in row-major order. */
  public void upload(float... values) {
    require(Element.FLOATS);
    requireLength(values.length);
    upload(MemorySegment.ofArray(values));
  }

  /** Sets every element of a variable of counters. */
  public void upload(int... values) {
    require(Element.COUNTERS);
    requireLength(values.length);
    upload(MemorySegment.ofArray(values));
  }

  /** Sets the first bytes from host memory, in order with the device's launches. */
  public void upload(MemorySegment source) {
    requireInside(source);
    memory.upload(source, offset);
  }

  /** Copies the first bytes to host memory; waits for the launches before it. */
  public void download(MemorySegment target) {
    download(target, 0);
  }

  /** Copies the bytes from an offset on to host memory. */
  void download(MemorySegment target, long offsetBytes) {
    requireInside(target);
    memory.download(target, offset + offsetBytes);
  }

  /** All elements, in row-major order. */
  public float[] download() {
    require(Element.FLOATS);
    float[] values = new float[shape.intElements()];
    download(MemorySegment.ofArray(values));
    return values;
  }

  /** All elements of a variable of counters. */
  public int[] downloadInts() {
    require(Element.COUNTERS);
    int[] values = new int[shape.intElements()];
    download(MemorySegment.ofArray(values));
    return values;
  }

  /** Frees the memory where this variable owns it. */
  @Override
  public void close() {
    if (owner) {
      memory.close();
    }
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }

  private void require(Element used) {
    if (element != used) {
      throw new IllegalArgumentException(
          "variable %s holds %s; it cannot be used as %s"
              .formatted(this, text(element), text(used)));
    }
  }

  private static String text(Element element) {
    return element.name().toLowerCase(Locale.ROOT);
  }

  private void requireLength(int values) {
    if (values != shape.elements()) {
      throw new IllegalArgumentException(
          "variable %s %s has %d elements, not %d"
              .formatted(name, shape, shape.elements(), values));
    }
  }

  private void requireInside(MemorySegment host) {
    if (host.byteSize() > shape.bytes()) {
      throw new IllegalArgumentException(
          "variable %s %s has %d bytes, not %d"
              .formatted(name, shape, shape.bytes(), host.byteSize()));
    }
  }
}
