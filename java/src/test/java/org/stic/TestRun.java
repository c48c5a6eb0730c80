package org.stic;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs tests where there is no Maven: classes named on the command line, and those of packages
 * named there. Tests of the CPU's driver itself are left out. Prints each failure and ends with one
 * line of counts; the exit code is 0 only if every class could be read and tests ran and all
 * passed.
 */
public final class TestRun {
  private static final String CPU_DRIVER_ONLY = "cpu-driver";
  private static final Pattern TEST = Pattern.compile("(\\w+Test)\\.class");

  private TestRun() {}

  /** Runs the tests on the device that {@code -Dtests.device} names. */
  public static void main(String[] names) throws IOException {
    boolean passed;
    try {
      passed = passed(names);
    } catch (IllegalArgumentException | JUnitException | LinkageError e) {
      System.out.println("FAILED to find the tests: " + deepest(e));
      passed = false;
    }
    System.exit(passed ? 0 : 1);
  }

  private static boolean passed(String[] names) throws IOException {
    List<ClassSelector> classes = new ArrayList<>();
    for (String name : names) {
      for (String found : classes(name)) {
        classes.add(selectClass(load(found)));
      }
    }
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(classes)
            .filters(TagFilter.excludeTags(CPU_DRIVER_ONLY))
            .build();
    SummaryGeneratingListener results = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, results, new Failures());
    TestExecutionSummary summary = results.getSummary();
    System.out.printf(
        "%d tests of %d classes passed, %d failed, %d skipped%n",
        summary.getTestsSucceededCount(),
        classes.size(),
        summary.getTotalFailureCount(),
        summary.getTestsSkippedCount() + summary.getTestsAbortedCount());
    return summary.getTestsSucceededCount() > 0 && summary.getTotalFailureCount() == 0;
  }

  /** The class of this name, or all test classes of the package of this name. */
  private static Iterable<String> classes(String name) throws IOException {
    if (Character.isUpperCase(name.charAt(name.lastIndexOf('.') + 1))) {
      return List.of(name);
    }
    TreeSet<String> found = new TreeSet<>();
    String folder = name.replace('.', '/') + "/";
    for (URL place : Collections.list(TestRun.class.getClassLoader().getResources(folder))) {
      for (String file : files(place)) {
        Matcher test = TEST.matcher(file);
        if (test.matches()) {
          found.add(name + "." + test.group(1));
        }
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("package " + name + " has no test classes");
    }
    return found;
  }

  /** Files of a folder, in a jar or not: a small Java runtime has no file system for jars. */
  private static List<String> files(URL folder) throws IOException {
    URLConnection connection = folder.openConnection();
    if (connection instanceof JarURLConnection inside) {
      String prefix = inside.getEntryName();
      return inside.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(entry -> entry.startsWith(prefix))
          .map(entry -> entry.substring(prefix.length()))
          .toList();
    }
    try (Stream<Path> all = Files.list(new File(folder.getPath()).toPath())) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, TestRun.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("there is no class " + name, e);
    }
  }

  private static Throwable deepest(Throwable problem) {
    return problem.getCause() == null ? problem : deepest(problem.getCause());
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
