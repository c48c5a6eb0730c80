package org.stic.bench.result;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.stic.report.MetricsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stic bench compare A.json B.json}: what became faster or slower. */
@Command(
    name = "compare",
    description = {
      "Say for each row of two result files of one device whether the second is FASTER, SLOWER, the"
          + " SAME or UNSURE. Exit code 1 where a row is SLOWER."
    })
public final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A.json", description = "Results before.")
  private Path before;

  @Parameters(index = "1", paramLabel = "B.json", description = "Results after.")
  private Path after;

  @Option(
      names = "--effect",
      paramLabel = "PERCENT",
      defaultValue = "2",
      description = "The smallest change that matters (default: 2).")
  private double effect;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.0001",
      description =
          "How often a table of equal results may name any row FASTER or SLOWER (default: 0.0001).")
  private double level;

  @Option(names = "--json", description = "Print the comparison as one JSON object for programs.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    requireWithin("--effect", effect, 100);
    requireWithin("--level", level, 1);
    ResultComparison comparison =
        ResultComparison.of(ResultFile.read(before), ResultFile.read(after), effect / 100, level);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(MetricsFile.toJson(comparison));
    } else {
      out.print(new ComparisonText(comparison).text());
      out.flush();
    }
    return comparison.count(Verdict.SLOWER) > 0 ? 1 : 0;
  }

  private static void requireWithin(String option, double value, double below) {
    if (!(value > 0 && value < below)) {
      throw new ResultException(
          "%s %s: must be above 0 and below %s".formatted(option, value, Figures.of(below)));
    }
  }
}
