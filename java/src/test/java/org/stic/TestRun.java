package org.stic;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs tests where there is no Maven: packages and classes named on the command line. Prints each
 * failure and ends with one line of counts; the exit code is 0 only if tests ran and all passed.
 */
public final class TestRun {
  private static final String CPU_DRIVER_ONLY = "cpu-driver";

  private TestRun() {}

  /** Runs the tests on the device that {@code -Dtests.device} names. */
  public static void main(String[] names) {
    SummaryGeneratingListener results = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request(names), results, new Failures());
    TestExecutionSummary summary = results.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 10);
    System.out.printf(
        "%d tests passed, %d failed, %d skipped%n",
        summary.getTestsSucceededCount(),
        summary.getTotalFailureCount(),
        summary.getTestsSkippedCount() + summary.getTestsAbortedCount());
    boolean passed = summary.getTestsSucceededCount() > 0 && summary.getTotalFailureCount() == 0;
    System.exit(passed ? 0 : 1);
  }

  private static LauncherDiscoveryRequest request(String[] names) {
    List<? extends DiscoverySelector> selectors = Stream.of(names).map(TestRun::selector).toList();
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectors);
    boolean gpu = System.getProperty("tests.device", "cpu").equals("cuda");
    return (gpu ? request.filters(TagFilter.excludeTags(CPU_DRIVER_ONLY)) : request).build();
  }

  private static DiscoverySelector selector(String name) {
    boolean isClass = Character.isUpperCase(name.charAt(name.lastIndexOf('.') + 1));
    return isClass ? selectClass(name) : selectPackage(name);
  }

  /** Says at once what failed: a run that is cut off has told it. */
  private static final class Failures implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      result
          .getThrowable()
          .ifPresent(
              problem -> System.out.println("FAILED " + test.getDisplayName() + ": " + problem));
    }
  }
}
