package org.stic.cli;

import org.stic.cuda.MathMode;
import org.stic.settings.Configuration;
import org.stic.training.RunDirectory;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option of commands whose classifier computes in an arithmetic of choice. */
final class MathOption {
  @Option(
      names = "--math",
      paramLabel = "fp32|tf32|bf16|3xtf32",
      converter = Converter.class,
      description =
          "Arithmetic of dense products and convolutions, sums always in fp32 (default: that of the"
              + " run or its settings, else fp32). Judges compute in fp32.")
  private MathMode math;

  /** Whether the user chose one. */
  boolean isGiven() {
    return math != null;
  }

  /** The user's choice, else single precision. */
  MathMode orSinglePrecision() {
    return math == null ? MathMode.FP32 : math;
  }

  /** Settings with the user's choice, if there is one. */
  Configuration apply(Configuration configuration) {
    return math == null ? configuration : configuration.withMath(math);
  }

  /** A run as it is seen in the arithmetic of the user's choice, if there is one. */
  RunDirectory apply(RunDirectory run) {
    return new RunDirectory(run.folder(), apply(run.configuration()));
  }

  static final class Converter implements ITypeConverter<MathMode> {
    @Override
    public MathMode convert(String value) {
      try {
        return MathMode.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
