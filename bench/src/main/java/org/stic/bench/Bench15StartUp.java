package org.stic.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a user wait for the first accepted sample: from the start of a process, and within
 * a Java machine that has loaded nothing yet? Each fork measures once: a second start in a machine
 * is no start.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Smoke
public class Bench15StartUp {
  private Process process;
  private double sum;

  /** A process from its start to the sample that it prints. */
  @Benchmark
  public void process() throws IOException {
    process =
        new ProcessBuilder(FirstSample.command(List.of()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    sum = line == null ? Double.NaN : Double.parseDouble(line);
  }

  /** The same work in this machine. */
  @Benchmark
  public void coldMachine() {
    sum = FirstSample.draw();
  }

  /** Checks the sample, and that its process has ended well. */
  @TearDown(Level.Invocation)
  public void verify() throws InterruptedException {
    double side = Recipe.IMAGE.intElements();
    Workbench.verify("the sum of pixels", sum, 0, side);
    if (process != null) {
      Workbench.verify("the exit code of the process", process.waitFor(), 0, 0);
    }
  }
}
