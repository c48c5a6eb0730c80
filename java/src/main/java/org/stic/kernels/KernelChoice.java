package org.stic.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stic.cuda.Device;
import org.stic.cuda.MathMode;

/**
 * Which rung does a call on a device, and why the others do not. Of the rungs that can do it in the
 * arithmetic that is asked for, it is the one that was fastest when the device was tuned, else the
 * first. Where none can, the call's own kernel does it, in single precision.
 *
 * @param rung what does the call
 * @param refused the others
 */
public record KernelChoice(Rung rung, List<Refused> refused) {

  /** A rung that does not do the call. */
  public record Refused(Rung rung, Refusal refusal) {
    @Override
    public String toString() {
      return rung.name() + " " + refusal.reason();
    }
  }

  public KernelChoice {
    refused = List.copyOf(refused);
  }

  /** Chooses for a device and an arithmetic. */
  public static KernelChoice of(KernelCall call, Device device, MathMode math) {
    List<Rung> able = able(call, device, math);
    Optional<String> fastest = device.preferences().fastest(call.work(), math);
    Optional<Rung> measured =
        able.stream().filter(rung -> fastest.filter(rung.name()::equals).isPresent()).findFirst();
    Rung first = able.isEmpty() ? call.own() : able.getFirst();
    // Who asks for the vendor's libraries gets them.
    boolean byTable = measured.isPresent() && !(first instanceof VendorRung);
    Rung chosen = byTable ? measured.get() : first;
    List<Refused> refused = new ArrayList<>();
    for (Rung rung : call.rungs()) {
      if (!rung.equals(chosen)) {
        refused.add(new Refused(rung, refusal(rung, chosen, byTable, device, math)));
      }
    }
    return new KernelChoice(chosen, refused);
  }

  /** The rungs that can do a call on a device in an arithmetic, in their order. */
  public static List<Rung> able(KernelCall call, Device device, MathMode math) {
    return call.rungs().stream()
        .filter(rung -> rung.math() == math && rung.refusal(device).isEmpty())
        .toList();
  }

  private static Refusal refusal(
      Rung rung, Rung chosen, boolean byTable, Device device, MathMode math) {
    if (rung.math() != math) {
      return rung.math() == MathMode.FP32 && rung instanceof KernelRung
          ? new Refusal.NotNeeded(chosen.name())
          : new Refusal.Arithmetic(rung.math(), math);
    }
    return rung.refusal(device).orElseGet(() -> new Refusal.Behind(chosen.name(), byTable));
  }

  /** One line: the kernel, then who else could have been and why not. */
  @Override
  public String toString() {
    List<String> others =
        new ArrayList<>(
            refused.stream().filter(other -> !isOtherwise(other)).map(Refused::toString).toList());
    long otherwise = refused.stream().filter(KernelChoice::isOtherwise).count();
    if (otherwise > 0) {
      others.add("%d of other arithmetics".formatted(otherwise));
    }
    String chosen = "%s in %s".formatted(rung.name(), rung.math());
    return others.isEmpty() ? chosen : "%s (%s)".formatted(chosen, String.join("; ", others));
  }

  private static boolean isOtherwise(Refused other) {
    return other.refusal() instanceof Refusal.Arithmetic;
  }
}
