package org.stic.kernels;

import org.stic.cuda.MathMode;

/** Why a rung does not do a call on a device. */
public sealed interface Refusal {

  /** The reason as the end of a sentence that begins with the rung's name. */
  String reason();

  /** Its arithmetic is another one than the one that is asked for. */
  record Arithmetic(MathMode offered, MathMode asked) implements Refusal {
    @Override
    public String reason() {
      return "computes in %s, not in %s".formatted(offered, asked);
    }
  }

  /**
   * The device lacks instructions.
   *
   * @param needed compute capability, major * 10 + minor
   * @param exact whether no other generation has them, not even a later one
   */
  record Capability(int needed, boolean exact, int found) implements Refusal {
    @Override
    public String reason() {
      return "needs compute capability %d.%d%s, the device has %d.%d"
          .formatted(needed / 10, needed % 10, exact ? " exactly" : "", found / 10, found % 10);
    }
  }

  /** The loaded image has no such kernel. */
  record Image(String file) implements Refusal {
    @Override
    public String reason() {
      return "is not in " + file;
    }
  }

  /** A size of the call does not suit. */
  record Size(String name, long value, String wanted) implements Refusal {
    @Override
    public String reason() {
      return "needs %s %s, not %d".formatted(name, wanted, value);
    }
  }

  /** A pointer of the call is not aligned. */
  record Alignment(String name, int bytes) implements Refusal {
    @Override
    public String reason() {
      return "needs %s at a multiple of %d bytes".formatted(name, bytes);
    }
  }

  /** The vendor's libraries are not asked for. */
  record Provider() implements Refusal {
    @Override
    public String reason() {
      return "works with --provider vendor only";
    }
  }

  /** Another rung does the call, too, and is to be preferred. */
  record Behind(String chosen, boolean measured) implements Refusal {
    @Override
    public String reason() {
      return measured
          ? "was slower than %s when this device was tuned".formatted(chosen)
          : "stands behind %s; 'stic tune' measures both".formatted(chosen);
    }
  }

  /** Its arithmetic is more exact than asked for: the last resort, which is not needed. */
  record NotNeeded(String chosen) implements Refusal {
    @Override
    public String reason() {
      return "is more exact than asked for, and %s can do it".formatted(chosen);
    }
  }
}
